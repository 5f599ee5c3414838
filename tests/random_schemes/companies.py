"""Random companies: one alone, everybody level, nothing known, nothing there, days at the ends of periods."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from attrs import frozen

from incentive_rules.base.periods import read_period
from tests.random_schemes.author import Accepted, Fact
from tests.random_schemes.facts import PROJECTS, TEAMS

Row = dict[str, str | None]
Tables = dict[str, list[Row]]


@frozen
class Mood:
    """How a company is drawn: `known` is the share of values that are there, `level` makes everybody alike."""

    known: float
    level: bool
    zero: bool
    people: int


def company(rng: Random, accepted: Accepted) -> Tables:
    """The rows of each table, "" the people; a value that is missing is None."""
    mood = Mood(rng.choice((0.0, 0.5, 0.8, 1.0)), rng.random() < 0.15, rng.random() < 0.2, rng.choice((1, 2, 5, 12, 18)))
    writer = _Rows(rng, mood, accepted.period)
    facts = accepted.facts
    tables: Tables = {}
    keys = [f"E{n:02}" for n in range(mood.people)]
    rng.shuffle(keys)
    tables[""] = writer.rows(facts[""], [{"who": key} for key in keys])
    for name, key, members in (("teams", "team", TEAMS), ("projects", "project", PROJECTS)):
        if name in facts:
            tables[name] = writer.rows(facts[name], [{key: word} for word in members])
    for name, owners in accepted.owners.items():
        fixed: list[Row] = []
        above = tables["jobs"] if owners == ("jobs",) else tables[""]
        for row in above:
            for _ in range(rng.choice((0, 0, 1, 2, 3, 7))):
                own: Row = {"job": row["job"]} if owners == ("jobs",) else {"who": row["who"]}
                if "project" in owners:
                    own["project"] = rng.choice(PROJECTS)
                if name == "jobs":
                    own["job"] = f"J{len(fixed):03}"
                fixed.append(own)
        rng.shuffle(fixed)
        tables[name] = writer.rows(facts[name], fixed)
    return tables


class _Rows:
    """Draws values; those of edges often."""

    def __init__(self, rng: Random, mood: Mood, period: str) -> None:
        self.rng, self.mood = rng, mood
        found = read_period(period)
        assert found is not None
        first, last = found.first_day, found.last_day
        self.days = [first, last, first - timedelta(1), last + timedelta(1), first + timedelta(14), date(2024, 2, 29),
                     date(2023, 6, 1), date(2025, 6, 30)]  # fmt: skip
        self.alike: dict[str, str | None] = {}
        self.number = 0

    def rows(self, facts: tuple[Fact, ...], fixed: list[Row]) -> list[Row]:
        self.alike = {}
        return [
            {**{f.heading or f.name: self.value(f, n) for f in facts if f.kind != "key"}, **own} for n, own in enumerate(fixed)
        ]

    def value(self, fact: Fact, row: int) -> str | None:
        if self.mood.level and fact.name in self.alike:
            return self.alike[fact.name]
        gone = fact.loose and self.rng.random() >= self.mood.known
        found = fact.gone if gone else self._value(fact, row)
        self.alike[fact.name] = found
        return found

    def _value(self, fact: Fact, row: int) -> str:
        rng = self.rng
        match fact.kind:
            case "integer" | "number" | "money":
                steps = rng.choice((fact.low, fact.high, rng.randint(fact.low, fact.high)))
                if self.mood.zero and fact.low <= 0 <= fact.high:
                    steps = 0
                if fact.name == "num":
                    steps = min(fact.high, fact.low + row)
                if fact.writing == "percent":
                    return written(steps * 100, fact.decimals)
                return written(steps, fact.decimals) + " pts" * (fact.writing == "suffix")
            case "boolean":
                return rng.choice(("Yes", "Y", "No") if fact.writing == "words" else ("true", "false"))
            case "category":
                return rng.choice(fact.words)
            case "date":
                return self.day().strftime("%d/%m/%Y" if fact.writing == "days" else "%Y-%m-%d")
        return f"{self.day().isoformat()} {rng.choice(('00:00', '23:59', '08:30'))}"

    def day(self) -> date:
        return self.rng.choice(self.days) if self.rng.random() < 0.8 else date(2024, 1, 1) + timedelta(self.rng.randint(0, 365))


def written(steps: int, decimals: int) -> str:
    """A number of steps of ten to the minus `decimals` as text.

    >>> written(-5, 1), written(120, 2)
    ('-0.5', '1.20')
    """
    digits = f"{abs(steps):0{decimals + 1}}"
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"-{text}" if steps < 0 else text


def shown(tables: Mapping[str, list[Row]]) -> str:
    """The tables as a failing test prints them."""
    return "\n".join(f"{name or 'people'}: {row}" for name, rows in tables.items() for row in rows)
