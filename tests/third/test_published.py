"""What is published, worked out a third time: examples of the shipped schemes, of the pages, of other people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.third.examples import failing

ROOT = Path(__file__).resolve().parents[2]
SCHEMES = sorted((ROOT / "schemes").glob("*.yaml"))
BLOCK = re.compile(r"^```yaml file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN_TO_FAIL = ("changed.yaml",)
PAGES = [
    (f"{page.name}:{name}", text)
    for page in sorted(ROOT.glob("docs/*/*.md"))
    for name, text in BLOCK.findall(page.read_text(encoding="utf-8"))
    if re.search(r"^(examples|算例):", text, re.MULTILINE) and name.endswith(".yaml") and name not in SHOWN_TO_FAIL
]


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_the_examples_of_a_shipped_scheme(path: Path) -> None:
    assert list(failing(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("text", [text for _, text in PAGES], ids=[name for name, _ in PAGES])
def test_the_examples_on_the_pages(text: str) -> None:
    assert list(failing(text)) == []
