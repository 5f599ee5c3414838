"""Whatever stands in a file, reading it ends in findings: never in an exception of Python, never late.

Arbitrary bytes and texts, scraps of YAML and of our keywords, and the shipped schemes with small things
done to them. Findings have known codes and places inside the text, and every report of them is harmless.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import incentive_rules as ir
from incentive_rules.base.codes import CODES
from incentive_rules.base.diagnostics import Diagnostic
from incentive_rules.base.reports import render
from incentive_rules.base.text import HIDDEN
from incentive_rules.lang.keywords import ALL_BLOCKS
from incentive_rules.loading import load
from incentive_rules.loading.fixes import mend
from tests.shared_data import ROOT, shared_folder

SCHEMES = [path.read_text("utf-8") for path in sorted((ROOT / "schemes").glob("*.yaml"))]
SHARED = shared_folder()
SCHEMES += [path.read_text("utf-8") for path in sorted((SHARED / "drafts").glob("*.yaml"))] if SHARED else []

# A whole scheme takes a hundred times as long as a scrap, so it is tried thoroughly only at night.
WHOLE_WAY = settings.default.max_examples if settings.default.max_examples >= 1_000 else 25

HOLE = re.compile(r"(?<!\{)\{([a-z_]+)\}")
KEYWORDS = sorted({w for block in ALL_BLOCKS for field in block.fields for w in (field.key, field.chinese)})
SCRAPS = st.sampled_from([
    *KEYWORDS, "tbd", "待定", "missing", "true", "yes", "~", "null", "-0", "1e5", "1,000", "100%", "１００", "½",
    "2026-02-30", ": ", ":", "- ", "? ", "|\n", ">\n", "&a ", "*a", "!!str ", "<<", "%YAML 1.2\n", "---\n", "...\n",
    "#", " #", "'", '"', "[", "]", "{", "}", ",", "\\", "\\x00", "\\ud800", "\\U00110000", "\t", "\r", "\n", "\n\n",
    "  ", "\u3000", "\u202e", "\ufeff", "\x00", "\x85", "\u2028", "value", "总分", "sum(x, over=y)", "a if b else c",
    "x / (y - y)", "=SUM(A1)", "且", "(" * 60, "9" * 40, "a" * 300, "{a: " * 40, "- " * 40,
])  # fmt: skip


def unfit(text: str, found: tuple[Diagnostic, ...]) -> None:
    """Fails where a finding is not what a finding must be."""
    for d in found:
        assert d.code in CODES and (not d.variant or d.variant in CODES[d.code].variants), (d.code, d.variant)
        for language in ("en", "zh"):
            wording = CODES[d.code].wording(language, d.variant)
            assert set(HOLE.findall(wording.message + wording.help)) <= d.params.keys(), (d.code, d.variant)
        for place in (d.place, *(other.place for other in d.others), *(fix.place for fix in d.fixes)):
            if place is not None:
                assert 0 <= place.start <= place.end <= len(place.source.text), d
                assert place.line >= 1 and place.column >= 1
    for language in ("en", "zh"):
        for format in ("text", "concise", "json"):
            report = render(found, format, language)
            assert not HIDDEN.search(report) and "\r" not in report and len(report) < 200_000
    mend(text, found)


def read(data: bytes | str) -> None:
    scheme, found = load(data, "fuzzed.yaml")
    text = data if isinstance(data, str) else ""
    unfit(text, found)
    assert scheme is not None or found


@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    read(data)


@given(st.text(max_size=400))
@example("\ud800")
@example("a: \U0010ffff")
def test_any_text(text: str) -> None:
    read(text)


@given(st.lists(SCRAPS, max_size=40).map("".join))
def test_any_scraps_of_our_language(text: str) -> None:
    read("format: 1\n" + text)
    read(text)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A shipped scheme in which lines moved, vanished, doubled, or hold something else."""
    lines = draw(st.sampled_from(SCHEMES)).splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        other = draw(st.integers(0, len(lines) - 1))
        change = draw(st.sampled_from(["drop", "double", "swap", "indent", "outdent", "value", "key", "insert", "cut"]))
        match change:
            case "drop" if len(lines) > 1:
                del lines[at]
            case "double":
                lines.insert(other, lines[at])
            case "swap":
                lines[at], lines[other] = lines[other], lines[at]
            case "indent":
                lines[at] = "  " + lines[at]
            case "outdent":
                lines[at] = lines[at].removeprefix("  ")
            case "value":
                lines[at] = re.sub(r": .*", lambda _: ": " + draw(SCRAPS), lines[at], count=1)
            case "key":
                lines[at] = re.sub(r"[^\s:{]+:", lambda _: draw(SCRAPS) + ":", lines[at], count=1)
            case "insert":
                where = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:where] + draw(SCRAPS) + lines[at][where:]
            case "cut":
                lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
        lines = lines or ["\n"]
    return "".join(lines)


@pytest.mark.thorough
@settings(max_examples=WHOLE_WAY)
@given(mutated())
def test_any_damaged_scheme(text: str) -> None:
    """The whole way: a damaged scheme is read, checked, compiled where it is still right, and reported."""
    report = ir.check(text=text)
    unfit(text, report.diagnostics)
    try:
        ir.compile(text=text)
    except ir.SchemeError as error:
        assert len(str(error)) < 200_000


@pytest.mark.thorough
@pytest.mark.parametrize("text", SCHEMES)
def test_every_beginning_of_a_scheme(text: str) -> None:
    """Somebody who is still typing: the text cut after each of some lines and in the middle of the next."""
    lines = text.splitlines(keepends=True)
    for n in range(0, len(lines), 7):
        read("".join(lines[:n]) + lines[n][: len(lines[n]) // 2])


def test_a_file_that_is_no_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.yaml", Path("/dev/zero")):
        report = ir.check(path)
        assert not report.ok and len(report.diagnostics) == 1, path
