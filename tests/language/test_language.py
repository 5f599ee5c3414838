"""Runs the pages of this folder: prose, and fenced blocks that say what the language means.

The word after the fence picks the reader in `READERS`; another area adds a page, and a reader if it
needs one. A reader takes the text of a block and returns what does not hold, as lines. `\\u200b` in a
block stands for that character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from incentive_rules.lang.parser import parse
from incentive_rules.lang.printer import printed
from tests.lang.trees import shape

FENCE = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = sorted(Path(__file__).parent.glob("*.md"))


def pairs(block: str) -> Iterator[tuple[str, str]]:
    """Lines `left  =>  right`; a line that begins with spaces goes on with the one before it."""
    for line in re.sub(r"\n[ \t]+", "\n ", block).replace("\n ", "\x00").splitlines():
        if line.strip() and not line.startswith("#!"):
            left, found, right = line.replace("\x00", "\n").rpartition("=>")
            assert found, f"no `=>` in {line!r}"
            unescaped = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), left)
            yield unescaped.rstrip(" "), right.strip()


def read_printed(block: str) -> list[str]:
    """`formula => its canonical text`"""
    return _differences(block, lambda text: printed(tree) if (tree := parse(text)[0]) is not None else _codes(text))


def read_chinese(block: str) -> list[str]:
    """`formula => its text with Chinese words`"""
    return _differences(block, lambda text: printed(tree, "zh") if (tree := parse(text)[0]) else _codes(text))


def read_trees(block: str) -> list[str]:
    """`formula => its tree`"""
    return _differences(block, lambda text: shape(tree) if (tree := parse(text)[0]) is not None else _codes(text))


def read_refused(block: str) -> list[str]:
    """`text => code`, or `code variant`; several codes stand in the order of their places"""
    return _differences(block, _codes)


def read_mended(block: str) -> list[str]:
    """`text => text` after every mechanical mend"""
    return _differences(block, _mended)


READERS: dict[str, Callable[[str], list[str]]] = {
    "printed": read_printed,
    "chinese": read_chinese,
    "trees": read_trees,
    "refused": read_refused,
    "mended": read_mended,
}


def _codes(text: str) -> str:
    faults = parse(text)[1]
    return ", ".join(f"{fault.code} {fault.variant}".rstrip() for fault in faults) or "accepted"


def _mended(text: str) -> str:
    faults = [fault for fault in parse(text)[1] if fault.replacement is not None]
    for fault in sorted(faults, key=lambda fault: -fault.start):
        text = text[: fault.start] + str(fault.replacement) + text[fault.end :]
    return text if not faults else _mended(text)


def _differences(block: str, found: Callable[[str], str]) -> list[str]:
    return [f"{left}  =>  {got}   (not {right})" for left, right in pairs(block) if (got := found(left)) != right]


def blocks() -> Iterator[object]:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for match in FENCE.finditer(text):
            if match[1] in READERS:
                line = text.count("\n", 0, match.start()) + 1
                yield pytest.param(match[1], match[2], id=f"{page.stem}:{line}")


@pytest.mark.parametrize(("reader", "block"), list(blocks()))
def test_the_page_is_true(reader: str, block: str) -> None:
    assert READERS[reader](block) == []


def test_every_fence_has_a_reader() -> None:
    kinds = {match[1] for page in PAGES for match in FENCE.finditer(page.read_text(encoding="utf-8"))}
    assert kinds <= {*READERS, "text", "yaml"}
