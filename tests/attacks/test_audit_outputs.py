"""What data say is never obeyed: neither by a terminal nor by whoever reads the json of an audit."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from incentive_rules.base.text import width
from incentive_rules.cli import main

NASTY = (
    "<script>alert(1)</script>", "</td><img src=x onerror=alert(1)>", "=1+1", "a`b`", "{of}", "%s%n", "\\x1b[31m",
    "‰" * 300, "x" * 5_000, "a\tb", "a\nb", "[A, B]", "'\";--", "N" + "̈" * 50,
)  # fmt: skip


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.mark.parametrize("name", NASTY)
def test_groups_categories_and_headings_are_only_texts(run: Run, name: str) -> None:
    rows = [{"pay": 100 + i, "gender": ("M", name)[i % 2], "post": (name, "a")[i // 2 % 2]} for i in range(80)]
    Path("data.json").write_text(json.dumps(rows), "utf-8")
    code, out, err = run("audit", "data.json", "--of", "pay", "--by", "gender", "--within", "post")
    assert (code, err) == (0, "")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]", out)
    assert max(map(width, out.splitlines())) <= 100
    code, out, _ = run("audit", "data.json", "--of", "pay", "--by", "gender", "--within", "post", "--format", "json")
    told = json.loads(out)
    assert {group["group"] for group in told["groups"]} - {None, "M"} == {name.strip() if name != "a\tb" else name}
    assert code == 0


@pytest.mark.parametrize("name", ["\x1b[31mred", "a\u202eb", "a\u200bb", "\ufeffa"])
def test_hidden_characters_are_refused_by_their_names(run: Run, name: str) -> None:
    rows = [{"pay": 100, "gender": name} for _ in range(20)]
    Path("data.json").write_text(json.dumps(rows), "utf-8")
    code, out, err = run("audit", "data.json", "--of", "pay", "--by", "gender")
    assert (code, out) == (3, "")
    assert "U+" in err
    assert name not in err


@pytest.mark.parametrize("text", ["\x1b]0;x\x07", "a" * 100_000, "((((" * 1000, "grade in [" + "a," * 50_000 + "a]"])
def test_arguments_are_only_texts(run: Run, text: str) -> None:
    Path("data.json").write_text(json.dumps([{"pay": 100, "gender": "F"}] * 20), "utf-8")
    for of, by in ((text, "gender"), ("pay", text), ("pay", f"pay={text}")):
        code, out, err = run("audit", "data.json", "--of", of, "--by", by)
        assert (code, out) != (0, "")
        assert code in (2, 3)
        assert "\x1b" not in err
        assert len(err) < 5_000
