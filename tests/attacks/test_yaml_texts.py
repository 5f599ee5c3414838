"""Hostile texts that a scheme may hold: kept to the last character, and harmless wherever they are shown.

Each `name` of the corpus stands as a title, a reason, a unit, a word of a category, a result of a table
and the key of a person. Then everything that leaves is read back by somebody else: html by a parser of
html, csv by a reader of csv, generated Python by Python, and the terminal is looked at for controls.
"""

from __future__ import annotations

import ast
import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

import incentive_rules as ir
from incentive_rules.base.text import HIDDEN, escape
from incentive_rules.cli import main
from incentive_rules.engine.scalar import ScalarEngine
from incentive_rules.reading.cells.cell import read_cell
from tests.attacks.test_yaml_places import corpus

SCHEME = """\
format: 1
scheme: attacked
title: @
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
inputs:
  worker: {type: key}
  tasks: {type: integer, range: [1, 500], title: @, unit: @}
  post: {type: category, one_of: [@, other]}
quantities:
  word: {of: tasks, from: {3: @}, else: other, title: @}
  same: post == word
indicators:
  work:
    weight: 100%
    better: higher
    value: tasks
    score: 100 - value / 500
total:
  adjust:
    - {reason: @, when: tasks > 2, at_most: 50}
pay:
  bonus: {title: @, amount: 3 * tasks}
"""
ALLOWED_TAGS = {"table", "caption", "tbody", "tr", "td", "pre"}

# A tab and a line break are characters that people cannot see in a title; we keep or refuse them, as the corpus allows.
REFUSED = {"render_log_newline.yaml": "key-unknown"}


def texts(shared: Path) -> dict[str, str]:
    """Each hostile text of the corpus, by its file."""
    found = {}
    for file, case in corpus(shared).items():
        if case["layer"] in ("render", "compile") and file not in REFUSED:
            found[file] = yaml.safe_load((shared / "attacks" / "yaml" / file).read_text("utf-8"))["name"]
    return found


def scheme_with(text: str) -> str:
    return SCHEME.replace("@", json.dumps(text, ensure_ascii=False))


@pytest.fixture(scope="module")
def compiled(shared: Path) -> dict[str, tuple[str, ir.Pipeline]]:
    with pytest.warns(ir.SchemeWarning, match="title-twice"):  # two things have the text for a title
        return {f: (text, ir.compile(text=scheme_with(text), period="2026-01")) for f, text in texts(shared).items()}


def row(text: str) -> dict[str, object]:
    return {"worker": text.strip() or "W", "tasks": 3, "post": text}


def test_texts_are_kept_exactly(compiled: dict[str, tuple[str, ir.Pipeline]]) -> None:
    assert len(compiled) == 10
    for text, pipeline in compiled.values():
        scheme = pipeline.scheme
        assert scheme.title == text
        assert {q.name: q.title for q in scheme.quantities}["bonus"] == text
        assert scheme.inputs[1].title == scheme.inputs[1].unit == text
        assert scheme.inputs[2].one_of[0].text == text


class Seen(HTMLParser):
    """Tags, attributes and texts as an independent parser of html finds them."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.other: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def usable_key(text: str) -> bool:
    """A key is refused where it holds a control character: D4, and the corpus of rows."""
    return text.isprintable()


def test_html_has_no_tag_of_theirs(compiled: dict[str, tuple[str, ir.Pipeline]]) -> None:
    for text, pipeline in compiled.values():
        if not usable_key(text):
            continue
        result = pipeline.score(row(text))
        for markup in (result._repr_html_(), pipeline.explain(row(text), all=True)._repr_html_()):
            seen = Seen(markup)
            assert seen.tags <= ALLOWED_TAGS and seen.attributes <= {"style"} and not seen.other
            assert escape(text) in seen.text


def test_terminals_and_logs_get_no_control_and_no_line_of_theirs(
    compiled: dict[str, tuple[str, ir.Pipeline]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`check`, `run` and `explain` print what they do for a harmless text, line for line."""
    harmless = printed("harmless", tmp_path, capsys, keyed=True)
    for text, _ in compiled.values():
        shown = printed(text, tmp_path, capsys, keyed=usable_key(text))
        assert not HIDDEN.search(shown.replace("\n", "")) and "\t" not in shown and "\r" not in shown
        # A text that a spreadsheet would obey is told to stand in the csv file with a ' in front.
        lines = [line for line in shown.splitlines() if "with a ' in front" not in line]
        assert len(lines) == len(harmless.splitlines()), shown


def printed(text: str, folder: Path, capsys: pytest.CaptureFixture[str], keyed: bool) -> str:
    """What the command line says about a scheme and a person of that text."""
    scheme, data, out = folder / "scheme.yaml", folder / "people.json", folder / "out.csv"
    scheme.write_text(scheme_with(text), "utf-8")
    post = text if keyed else "other"
    data.write_text(json.dumps([{"worker": text if keyed else "W", "tasks": 3, "post": post}]), "utf-8")
    shown = ""
    for command in (
        ["check", str(scheme)],
        ["run", str(scheme), str(data), "--period", "2026-01", "--columns", "all", "--out", str(out)],
        ["explain", str(scheme), str(data), "--period", "2026-01", "--id", text if keyed else "W"],
    ):
        code = main([*command, "--lang", "en"])
        captured = capsys.readouterr()
        assert code == 0, captured.err
        shown += captured.out + captured.err
    cells = [cell for line in csv.reader(io.StringIO(out.read_text("utf-8-sig"))) for cell in line]
    assert not [cell for cell in cells if cell.lstrip()[:1] in "=+-@\t\r＝＋－＠" and cell], cells
    if keyed and text.isprintable():
        assert any(cell.removeprefix("'") == text for cell in cells)
    return shown


def test_generated_code_holds_them_as_quoted_texts_only(compiled: dict[str, tuple[str, ir.Pipeline]]) -> None:
    """The code for a hostile text is that for a harmless one, but for constants: O3 of SECURITY.md."""
    with pytest.warns(ir.SchemeWarning, match="title-twice"):
        plain = shape_of(ir.compile(text=scheme_with("harmless"), period="2026-01"))
    for text, pipeline in compiled.values():
        assert shape_of(pipeline) == plain
        if usable_key(text):
            result = pipeline.score(row(text))
            assert (result["word"], result["same"], str(result["bonus"])) == (text, True, "9.00")


def shape_of(pipeline: ir.Pipeline) -> str:
    """Generated code with every text constant blanked."""
    tree = ast.parse(ScalarEngine(pipeline.plan, read_cell).source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)


def test_a_line_break_in_a_name_forges_no_line_of_a_report(shared: Path) -> None:
    for file, code in REFUSED.items():
        text = (shared / "attacks" / "yaml" / file).read_text("utf-8")
        report = ir.check(text="format: 1\n" + text)
        assert code in {d.code for d in report.errors}
        for format in ("text", "concise", "json"):
            lines = report.render(format).splitlines()
            assert not [line for line in lines if line.strip().startswith("ERROR")], lines
