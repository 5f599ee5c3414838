"""Slips that people make in data files, and what they are told: `slips.md`, in both languages, to the letter.

A section has the file, or the files, and what is said of them. `csv people` is the file of people, `csv visits` that of
their visits; `inputs=` are the facts of people that the scheme reads, `\\u00a0` stands for a character that nobody
sees, and `bytes=` says how the text becomes bytes. `--write-docs` writes what is said into the page: read the
difference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from attrs import frozen

import incentive_rules as ir
from incentive_rules.base.problems import Problem
from incentive_rules.base.reports import help_of, render_problems
from incentive_rules.model.data import DataTable
from incentive_rules.reading.sources.files import read_bytes

PAGE = Path(__file__).with_name("slips.md")
SCHEME = """\
format: 1
scheme: slips
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
inputs:
  engineer: {type: key}
  INPUTS
details:
  visits:
    belongs_to: engineer
    key: [visit]
    inputs: {hours: {type: integer, range: [0, 100]}}
pay:
  p: {amount: 10.00 * sum(hours)}
  senior: {amount: WHEN}
"""
INPUTS = {
    "jobs": "{type: integer, range: [0, 500]}",
    "wage": "{type: money, range: [-100000, 100000]}",
    "rating": "{type: integer, range: [1, 5], can_be_missing: true}",
    "rate": "{type: number, decimals: 4, range: [0, 2]}",
    "quota": "{type: number, decimals: 4, range: [0, 2], scale: percent}",
    "post": "{type: category, one_of: [junior, senior]}",
    "note": "{type: category, one_of: [good, bad], can_be_missing: true}",
    "team": "{type: category}",
    "leader": "{type: boolean}",
    "hired": "{type: date}",
    "left": "{type: date, can_be_missing: true}",
    "opened": "{type: time, range: [2026-01-01, 2026-12-31]}",
    "born": "{type: date, written: DD.MM.YYYY}",
}
LANGUAGES = ("en", "zh")


@frozen
class Slip:
    """One section of the page: its files by name, what the scheme reads, and what is said in each language."""

    title: str
    files: Mapping[str, str]
    options: Mapping[str, str]
    said: Mapping[str, str]


def slips() -> list[Slip]:
    found = []
    for section in PAGE.read_text("utf-8").split("\n## ")[1:]:
        title, _, body = section.partition("\n")
        files, options, said = dict[str, str](), dict[str, str](), dict[str, str]()
        for language, words, text in re.findall(r"^```(\w+)([^\n]*)\n(.*?)^```$", body, re.M | re.S):
            if language in LANGUAGES:
                said[language] = text
                continue
            name, *more = words.split()
            files[name] = text
            options |= dict(word.split("=", 1) for word in more)
        found.append(Slip(title, files, options, said))
    return found


SLIPS = slips()


def pipeline_for(slip: Slip) -> ir.Pipeline:
    names = [name for name in slip.options.get("inputs", "").split(",") if name]
    inputs = "".join(f"  {name}: {INPUTS[name]}\n" for name in names)
    text = SCHEME.replace("  INPUTS\n", inputs)
    when = {"team": "100.00 if team == \"East\" else 0.00"}
    return ir.compile(text=text.replace("WHEN", next((when[n] for n in names if n in when), "0.00")), period="2026-04")


def table(name: str, text: str, slip: Slip) -> DataTable | tuple[Problem, ...]:
    text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    text = text.replace(r"\t", "\t").replace(r"\0", "\0")
    codec = slip.options.get("bytes", "utf-8")
    found, problems = read_bytes(text.encode(codec), slip.options.get(name, f"{name}.csv"))
    return problems if found is None else found


def outcome(slip: Slip) -> ir.Run | tuple[Problem, ...]:
    tables = {name: table(name, text, slip) for name, text in slip.files.items()}
    wrong = [problem for one in tables.values() if not isinstance(one, DataTable) for problem in one]
    if wrong:
        return tuple(wrong)
    found = {name: one for name, one in tables.items() if isinstance(one, DataTable)}
    people = [found.pop(name) for name in list(found) if name.startswith("people")]
    visits = [found.pop(name) for name in list(found)] or [table("visits", "visit,engineer,hours\n", slip)]
    try:
        return pipeline_for(slip).run(people, {"visits": visits})  # type: ignore[dict-item]
    except ir.DataError as error:
        return error.problems


def told(found: ir.Run | tuple[Problem, ...], language: str) -> str:
    """What a report says; of a run in order how many rows were used, and of what it warns."""
    if isinstance(found, tuple):
        return render_problems(found, "text", language) + "\n"
    words = {"en": "used {used}, empty {blank}", "zh": "已用 {used} 行，空行 {blank}"}[language]
    used = "\n".join(
        f"{one.name or {'en': 'people', 'zh': '人员'}[language]} " + words.format(used=one.used, blank=one.blank)
        for one in found.tables
        if one.rows or one.blank or not one.name
    )
    warnings = [problem for problem in found.warnings if isinstance(problem, Problem)]
    return "\n\n".join([used, *([render_problems(warnings, "text", language)] if warnings else [])]) + "\n"


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.title)
def test_a_slip_is_told_to_the_letter(slip: Slip, pytestconfig: pytest.Config) -> None:
    found = outcome(slip)
    said = {language: told(found, language) for language in LANGUAGES}
    if pytestconfig.getoption("--write-docs"):
        page = PAGE.read_text("utf-8")
        start = page.index(f"\n## {slip.title}\n")
        end = page.find("\n## ", start + 1)
        section = page[start : len(page) if end < 0 else end]
        bare = re.sub(r"^```(en|zh)\n.*?^```\n+", "", section, flags=re.M | re.S).rstrip()
        blocks = "".join(f"\n\n```{language}\n{text}```" for language, text in said.items())
        PAGE.write_text(page.replace(section, bare + blocks + "\n"), "utf-8")
        return
    assert said == dict(slip.said)


def test_there_are_many_and_each_stands_once() -> None:
    assert len({slip.title for slip in SLIPS}) == len(SLIPS) >= 48


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.title)
def test_every_message_has_a_remedy_and_speaks_no_python(slip: Slip) -> None:
    found = outcome(slip)
    problems = found if isinstance(found, tuple) else [p for p in found.warnings if isinstance(p, Problem)]
    for problem in problems:
        for language in LANGUAGES:
            remedy = help_of(problem, language)
            assert remedy, problem
            assert not re.search(r"Decimal|float|mapping|None|Python|浮点|映射", remedy), remedy
            assert language == "en" or re.search("[\u4e00-\u9fff]", remedy), remedy
