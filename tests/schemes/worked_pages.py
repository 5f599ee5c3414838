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
    people: Mapping[str, str]  # inputs whose values are one person each
    periods: Mapping[str, str]  # inputs whose values are one period each, in a row
    each: Mapping[str, str]  # what is expected of each of these
    key: str  # the name of the people's key

    @property
    def together(self) -> bool:
        """Whether it takes several people or several periods."""
        return bool(self.people or self.periods)


SO_MANY, NUMBERED = "(so many)", "(numbered)"

Row = dict[str, object]


@frozen
class Elsewhere:
    example: str
    cases: tuple[int, ...]
    where: str
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
        said = re.findall(r"^# (answers|given|expected|period|people|periods|each) (.*)$", found[2], re.M)
        pairs: dict[str, dict[str, str]] = {word: {} for word in ("given", "expected", "people", "periods", "each")}
        for word, line in said:
            if word in pairs:
                theirs, _, ours = line.partition(" = ")
                pairs[word][theirs] = ours
        period = next((line for word, line in said if word == "period"), None)
        key = re.search(r"^  (\w+): \{type: key\}$", found[2], re.M)
        assert key is not None, title
        for word, line in said:
            if word == "answers":
                example, numbers = line.split(": ")
                cases = tuple(int(n) for n in numbers.split())
                text = HEAD + found[2]
                yield Answer(page.name, title, text, example, cases, period=period, key=key[1], **pairs)


def read_elsewhere() -> list[Elsewhere]:
    page = (PAGES / "elsewhere.md").read_text("utf-8")
    rows = re.findall(r"^\| (E\d\d) \| ([\d ]+) \| (.*?) \| (.*?) \|$", page, re.M)
    return [Elsewhere(one, tuple(int(n) for n in numbers.split()), where, why) for one, numbers, where, why in rows]


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


def rows_of(answer: Answer, case: Case) -> list[list[Row]]:
    """The rows of each period: several people in one, or one person in each of several."""
    shared = {
        answer.given.get(name, name): value
        for name, value in case.inputs.items()
        if name not in {**answer.people, **answer.periods} and not LEFT_OUT.fullmatch(answer.given.get(name, name))
    }
    if answer.periods:
        ((theirs, ours),) = answer.periods.items()
        values = case.inputs[theirs]
        assert isinstance(values, list)
        # What the case says once it says of the beginning: every later period finds it in the record.
        return [[{answer.key: case.id, ours: v, **(shared if n == 0 else {})}] for n, v in enumerate(values)]
    ((theirs, ours),) = answer.people.items()
    return [[{answer.key: key, **facts, **shared} for key, facts in _people(case.inputs[theirs], ours)]]


def _people(values: object, ours: str) -> Iterator[tuple[str, Row]]:
    if isinstance(values, dict):
        yield from ((str(key), {ours: value}) for key, value in values.items())
    elif isinstance(values, list):
        yield from ((str(number), {ours: value}) for number, value in enumerate(values, 1))
    else:
        assert isinstance(values, int)
        name, _, how = ours.rpartition(" ")
        for number in range(1, values + 1):
            yield str(number), {} if ours == SO_MANY else {name: number} if how == NUMBERED else {ours: values}


def wanted_of_each(answer: Answer, case: Case) -> dict[str, dict[str, object]]:
    """What is wanted of each person (by key) or period (by number from 1); what is wanted of all stands under `*`."""
    wanted: dict[str, dict[str, object]] = {}
    for path, value in case.expected.items():
        name, _, which = path.partition(".")
        if name in answer.each:
            wanted.setdefault(which, {})[answer.each[name]] = value
        else:
            wanted.setdefault("*", {})[answer.expected.get(path, path)] = value
    return wanted


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
