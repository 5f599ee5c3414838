"""The battery of planted defects: what is planted, what is due, and what was said."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from warnings import catch_warnings, simplefilter

import yaml
from attrs import frozen

import incentive_rules as ir
from incentive_rules.base.places import Place
from incentive_rules.model.verdict import Status, Verdict

HERE = Path(__file__).resolve().parent / "defects"
SCHEMES = Path(__file__).resolve().parents[2] / "schemes"


@frozen(kw_only=True)
class Planted:
    """A sound scheme with an edit; `due` is a code of `check` or a verdict on `promise`, and `blame` the line to blame.

    With `pair` two worlds are due; where none are found, `waits` says what it would take. What is `missed` says why.
    """

    name: str
    scheme: str
    period: str
    edit: dict[str, str]
    due: str = ""
    promise: str = ""
    blame: str = ""
    pair: bool = False
    waits: str = ""
    missed: str = ""

    @property
    def text(self) -> str:
        """The document with the edit, of which each part is found once."""
        text = scheme_text(self.scheme)
        for old, new in self.edit.items():
            assert text.count(old) == 1, f"{self.name}: {text.count(old)} times {old!r} in {self.scheme}"
            text = text.replace(old, new)
        return text


@frozen
class Said:
    """What was said of a planted defect: a code or a verdict, the lines blamed, and whether a pair shows it."""

    verdict: str
    lines: tuple[str, ...]
    pair: bool

    def finds(self, defect: Planted) -> bool:
        """Whether that is what was due, with the blame on the right line."""
        blamed = any(defect.blame in line for line in self.lines)
        return self.verdict == defect.due and blamed and (self.pair or not defect.pair)


def planted(table: str) -> list[Planted]:
    rows = yaml.safe_load((HERE / f"{table}.yaml").read_text(encoding="utf-8"))
    return [Planted(**{**row, "period": str(row["period"])}) for row in rows]


@cache
def scheme_text(name: str) -> str:
    path = SCHEMES / f"{name}.yaml"
    return (path if path.exists() else HERE / f"{name}.yaml").read_text(encoding="utf-8")


def said_of(defect: Planted) -> Said:
    """What `check` says of a finding, or `prove` of a promise."""
    text = defect.text
    with catch_warnings():
        simplefilter("ignore", ir.SchemeWarning)
        report = ir.check(text=text, period=defect.period)
        if not defect.promise:
            found = [one for one in report.diagnostics if one.code == defect.due]
            return Said(defect.due if found else "", _lines(text, (one.place for one in found)), False)
        errors = [one for one in report.errors if not one.code.startswith("promise-")]
        if errors:
            return Said(errors[0].code, _lines(text, (one.place for one in errors)), False)
        verdicts = ir.prove(text=text, period=defect.period).verdicts
    return _of_verdict(text, next(one for one in verdicts if one.promise == defect.promise))


def _of_verdict(text: str, verdict: Verdict) -> Said:
    places = [verdict.place, *(one.place for one in verdict.obstacles)]
    shown = verdict.counterexample is not None
    return Said(verdict.status.value, _lines(text, places), shown and verdict.status is Status.REFUTED)


def _lines(text: str, places: Iterable[Place | None]) -> tuple[str, ...]:
    lines = text.splitlines()
    return tuple(lines[place.line - 1] for place in places if place is not None)
