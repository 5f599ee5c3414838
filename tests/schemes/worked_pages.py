"""Reading the pages of `worked/`: which cases a scheme answers, and how the file's words become ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml
from attrs import field, frozen

PAGES = Path(__file__).with_name("worked")
HEAD = """\
format: 1
scheme: worked-example
effective: {first_day: 2013-01-01, last_day: 2027-12-31}
period: year
currency: USD
"""
LEFT_OUT = re.compile(r"\((said by the scheme|not needed)\)")


@frozen
class Case:
    """One case of the shared file: its inputs and expected values, lists spelled out (`slices.1.units`)."""

    example: str
    number: int
    inputs: Mapping[str, object]
    expected: Mapping[str, object]

    @property
    def id(self) -> str:
        return f"{self.example}-{self.number}"


@frozen
class Answer:
    """One scheme with the cases that it answers and the names that it changes."""

    page: str
    title: str
    text: str = field(repr=False)
    example: str
    cases: tuple[int, ...]
    given: Mapping[str, str]
    expected: Mapping[str, str]
    period: str | None  # the input that names the period


@frozen
class Elsewhere:
    example: str
    cases: tuple[int, ...]
    when: str
    why: str


def read_cases(file: Path) -> dict[str, Case]:
    """Every case of the shared file by its id, `E01-1` for the first."""
    found = {}
    for example in yaml.safe_load(file.read_text("utf-8"))["examples"]:
        for number, case in enumerate(example["cases"], 1):
            short = example["id"].partition("-")[0]
            one = Case(short, number, case["inputs"], dict(_spelled_out(case["expected"])))
            found[one.id] = one
    return found


def _spelled_out(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _spelled_out(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _spelled_out(inner, f"{path}.{number}")
    else:
        yield path, value


def read_answers() -> list[Answer]:
    return [answer for page in sorted(PAGES.glob("*.md")) for answer in _answers_of(page)]


def _answers_of(page: Path) -> Iterator[Answer]:
    title = ""
    for found in re.finditer(r"^## ([^\n]+)$|^```yaml\n(# answers .*?)^```$", page.read_text("utf-8"), re.M | re.S):
        if found[1]:
            title = found[1]
            continue
        said = re.findall(r"^# (answers|given|expected|period) (.*)$", found[2], re.M)
        given = dict(line.split(" = ", 1) for word, line in said if word == "given")
        expected = dict(line.split(" = ", 1) for word, line in said if word == "expected")
        period = next((line for word, line in said if word == "period"), None)
        for word, line in said:
            if word == "answers":
                example, numbers = line.split(": ")
                cases = tuple(int(n) for n in numbers.split())
                yield Answer(page.name, title, HEAD + found[2], example, cases, given, expected, period)


def read_elsewhere() -> list[Elsewhere]:
    page = (PAGES / "elsewhere.md").read_text("utf-8")
    rows = re.findall(r"^\| (E\d\d) \| ([\d ]+) \| (.*?) \| (.*?) \|$", page, re.M)
    return [Elsewhere(one, tuple(int(n) for n in numbers.split()), when, why) for one, numbers, when, why in rows]


def row_of(answer: Answer, case: Case) -> tuple[dict[str, object], dict[str, list[dict[str, object]]]]:
    """The person's facts and the detail rows that a case becomes."""
    row: dict[str, object] = {"case": case.id}
    details: dict[str, list[dict[str, object]]] = {}
    for name, value in case.inputs.items():
        ours = answer.given.get(name, name)
        if LEFT_OUT.fullmatch(ours) or name == answer.period:
            continue
        if isinstance(value, list):
            table, _, column = ours.partition(".")
            rows = details.setdefault(table, [{} for _ in value])
            for one, item in zip(rows, value, strict=True):
                one[column] = item
        else:
            row[ours] = value
    return row, details


def wanted_of(answer: Answer, case: Case) -> dict[str, object]:
    """Our quantity → the file's value; `error no_cell` and its like become what the scheme says they mean."""
    wanted: dict[str, object] = {}
    for name, value in case.expected.items():
        if name == "error":
            what, _, which = answer.expected[f"error {value}"].partition(" ")
            wanted[which if what == "missing" else "refused"] = None if what == "missing" else which
        else:
            wanted[answer.expected.get(name, name)] = value
    return wanted
