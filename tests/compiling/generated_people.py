"""Random checked schemes of several levels, and populations for them: groups, nested rows, ranks, pools.

Everyone; departments that people name; projects with a table of their own; people; work of a person in a
project; parts of a piece of work.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

from incentive_rules.lang.types import PLAIN, Facts, Kind
from incentive_rules.model import scheme as s
from incentive_rules.model import terms as t
from incentive_rules.model.checked import Checked, CheckedInput, CheckedQuantity
from incentive_rules.model.data import Population, PopulationTable
from incentive_rules.model.levels import EVERYONE, PERSON, Level, Levels, levels_of
from tests.compiling.generated import WORDS, Terms, facts, fixed, value_of
from tests.compiling.made import at, category, flag, given, key, named, number, premise

DEPARTMENT, PROJECT, WORK, PARTS = ("department",), ("project",), ("work",), ("parts",)
INPUTS: tuple[CheckedInput, ...] = (
    given("id", key()),
    given("department", category(*WORDS)),
    given("wage", number(0, 50), 1),
    given("rating", number(1, 5, may_miss=True)),
    given("senior", flag()),
    given("person_at", number(0, 1000)),
    given("budget", number(0, 90, may_miss=True), 0, PROJECT),
    given("urgent", flag(), 0, PROJECT),
    given("project_at", number(0, 1000), 0, PROJECT),
    given("hours", number(-3, 12, may_miss=True), 1, WORK),
    given("late", flag(may_miss=True), 0, WORK),
    given("work_at", number(0, 1000), 0, WORK),
    given("cost", number(0, 9), 2, PARTS),
    given("kind", category(*WORDS, may_miss=True), 0, PARTS),
    given("parts_at", number(0, 1000), 0, PARTS),
)
BY_LEVEL = {level: tuple(i for i in INPUTS if i.level == level) for level in (PROJECT, PERSON, WORK, PARTS)}
SCHEME = s.Scheme(
    "made", at(), "en", "en",
    inputs=tuple(i.definition for i in BY_LEVEL[PERSON]),
    groups=(s.Group("projects", "project", tuple(i.definition for i in BY_LEVEL[PROJECT]), at(), at()),),
    details=(
        s.Details("work", ("id", "project"), tuple(i.definition for i in BY_LEVEL[WORK]), at()),
        s.Details("parts", ("work",), tuple(i.definition for i in BY_LEVEL[PARTS]), at()),
    ),
    max_rows_per_person=6, max_people=8,
)  # fmt: skip
LEVELS: Levels = levels_of(SCHEME)
ORDERED = {PROJECT: "project_at", PERSON: "person_at", WORK: "work_at", PARTS: "parts_at"}


class LevelTerms(Terms):
    """Draws terms that stand at one level, over the names of it and of all above."""

    def __init__(self, random: Random, level: Level, everything: dict[Level, LevelTerms]) -> None:
        super().__init__(random, {}, None)
        self.level, self.everything = level, everything

    @property
    def names(self) -> dict[str, Facts]:
        above = LEVELS.above(self.level)
        return {name: one for level in above for name, one in self.everything[level].own.items()}

    @names.setter
    def names(self, value: dict[str, Facts]) -> None:
        self.own = value

    def number(self, depth: int) -> t.Term:
        if depth > 0 and self.random.random() < 0.45:
            draw = self.pick(self._aggregate, self._aggregate, self._aggregate, self._ranked, self._running, self._pool)
            found = draw(depth - 1)
            if found is not None:
                return found
        return super().number(depth)

    def _over(self) -> tuple[Level, Level] | None:
        """Rows, and a level above them that this one can read."""
        pairs = [
            (fine, coarse) for coarse in LEVELS.above(self.level) for fine in LEVELS
            if fine != coarse and LEVELS.is_above(coarse, fine)
        ]  # fmt: skip
        return self.pick(*pairs) if pairs else None

    def _aggregate(self, depth: int) -> t.Term | None:  # type: ignore[override]
        pair = self._over()
        if pair is None:
            return None
        source, level = pair
        rows = self.everything[source]
        function = self.pick("count", "sum", "mean", "share", "min", "max", "best", "latest", "percentile", "variance")
        others = source == self.level and level != source and function in ("count", "sum", "mean", "share")
        others = others and self.pick(True, False)
        value: t.Term | None
        if function in ("count", "share"):
            value = None if function == "count" and self.pick(True, False) else rows.condition(min(depth, 1))
        else:
            inner = rows.number(min(depth, 2))
            value = t.Rounded(inner, self.pick(0, 2), self.mode().value, facts=inner.facts)
            if self.pick(True, False, False):
                divisor = t.Sum(
                    t.Absolute(self.known(self.everything[level].number(0)), facts=facts(False)),
                    fixed(Fraction(1)), facts=facts(False),
                )  # fmt: skip
                value = t.Quotient(value, divisor, facts=value.facts)
        if function == "latest":
            if ORDERED.get(source) is None:
                return None
            if isinstance(value, t.Quotient) or self.pick(True, False):
                word = rows.name_of(self.pick(Kind.CATEGORY, Kind.BOOLEAN))
                value = word if word is not None else fixed(Fraction(1))
        where = None if self.pick(True, False) else rows.condition(0)
        made = t.Aggregate(
            function, source, level, value, where, others, self.everything[level].count() if function == "best" else 0,
            rows.order() if function == "latest" else (), self.pick("at_least", "more_than", "linear"),
            self.pick(Fraction(0), Fraction(1, 2), Fraction(3, 4), Fraction(9, 10), Fraction(1)),
            facts=Facts(value.facts.type, True) if function == "latest" and value is not None else facts(True),
        )  # fmt: skip
        if made.facts.type.kind is Kind.NUMBER:
            return made
        # Of a word it is asked which one it is.
        if made.facts.type.kind is Kind.BOOLEAN:
            asked: t.Term = t.FirstKnown((made, fixed(False, Kind.BOOLEAN)), facts=facts(False, Kind.BOOLEAN))
        else:
            known = t.FirstKnown((made, fixed("none", Kind.CATEGORY)), facts=facts(False, Kind.CATEGORY))
            asked = t.IsIn(known, ("a", "b"), facts=facts(False, Kind.BOOLEAN))
        return t.Choice(asked, fixed(Fraction(1)), fixed(Fraction(0)), facts=facts(False))

    def order(self) -> tuple[t.Term, ...]:
        """An order in which no two rows are level."""
        last = t.Read(ORDERED[self.level], facts=self.own[ORDERED[self.level]])
        first = self.known(t.Rounded(self.number(0), 0, "floor", facts=facts(True)))
        return self.pick((last,), (first, last))

    def _group(self) -> Level | None:
        above = LEVELS.above(self.level)[1:]
        return self.pick(*above) if above else None

    def _ranked(self, depth: int) -> t.Term | None:
        group = self._group()
        if group is None:
            return None
        keys = tuple((self.number(min(depth, 1)), self.pick(True, False)) for _ in range(self.pick(1, 1, 2)))
        where = None if self.pick(True, False) else self.condition(0)
        return t.Ranked(self.level, group, keys, where, self.pick("standard", "modified", "dense"), facts=facts(True))

    def _running(self, depth: int) -> t.Term | None:
        group = self._group()
        if group is None or self.level not in ORDERED:
            return None
        inner = self.number(min(depth, 1))
        value = t.Rounded(inner, self.pick(0, 1), "half_up", facts=inner.facts)
        where = None if self.pick(True, False) else self.condition(0)
        return t.Running(self.level, group, value, where, self.order(), facts=facts(True))

    def _pool(self, depth: int) -> t.Term | None:
        group = self._group()
        if group is None:
            return None
        above = self.everything[group]
        decimals = self.pick(0, 2)
        amount = t.Absolute(above.known(above.number(min(depth, 1))), facts=facts(False))
        weight = self.number(min(depth, 1))
        cap = t.Absolute(self.known(self.number(0)), facts=facts(False))
        return t.Shared(
            self.level, group,
            t.Rounded(amount, decimals, "half_up", facts=facts(False)),
            t.Absolute(weight, facts=weight.facts),
            None if self.pick(True, True, False) else above.condition(0),
            None if self.pick(True, False) else self.condition(0),
            None if self.pick(True, True, False) else t.Rounded(cap, decimals, "floor", facts=facts(False)),
            self.pick("shared", "kept"), self.pick("largest_remainder", "webster", "keep_remainder"), decimals,
            facts=facts(False),
        )  # fmt: skip


def scheme(random: Random, judged: bool = False) -> Checked:
    """A scheme of a few quantities at levels drawn at random; `judged` with a scope and premises."""
    everything: dict[Level, LevelTerms] = {}
    for level in LEVELS:
        everything[level] = LevelTerms(random, level, everything)
        everything[level].own = {
            i.name: i.facts for i in INPUTS if i.level == level and i.facts.type.kind is not Kind.KEY
        }
    quantities: list[CheckedQuantity] = []
    for i in range(random.randint(1, 5)):
        level = random.choice([*LEVELS, PERSON, PERSON])
        terms = everything[level]
        term = terms.number(terms.pick(1, 2, 3))
        known = Facts(PLAIN, term.facts.may_miss)
        quantity = named(f"q{i}", term, terms.pick(None, 0, 2, 4), terms.mode(), level=level, facts=known)
        quantities.append(quantity)
        terms.own[quantity.name] = quantity.facts
    premises, applies_to = [], None
    if judged:
        own = Terms(random, {i.name: i.facts for i in BY_LEVEL[PERSON]})
        applies_to = own.condition(1) if random.random() < 0.7 else None
        for i in range(random.randint(0, 2)):
            level = random.choice([*LEVELS, PERSON, WORK])
            one, other = everything[level].condition(2), everything[level].condition(2)
            premises.append(premise(f"premise {i}", t.Some((one, other), facts=facts(False, Kind.BOOLEAN)), level))
    inputs = {i.name: i for i in INPUTS}
    return Checked(SCHEME, None, inputs, tuple(quantities), tuple(premises), applies_to, {}, {})


def population(random: Random, people: int | None = None) -> Population:
    """People, projects, work and parts; keys in no order, and groups that may be empty."""
    count = random.randint(0, 6) if people is None else people
    projects = [f"P{i}" for i in random.sample(range(20), random.randint(1, 3))]
    tables = {EVERYONE: PopulationTable(EVERYONE, ({},), ("",))}

    def rows(level: Level, size: int) -> list[dict[str, object]]:
        made: list[dict[str, object]] = [
            {i.name: value_of(random, i) for i in BY_LEVEL[level] if i.name not in ("id", "department")}
            for _ in range(size)
        ]
        for row, place in zip(made, random.sample(range(900), size), strict=True):
            row[ORDERED[level]] = Fraction(place)
        return made

    tables[PROJECT] = PopulationTable(PROJECT, tuple(rows(PROJECT, len(projects))), tuple(projects))
    persons = rows(PERSON, count)
    for row, number_ in zip(persons, random.sample(range(50), count), strict=True):
        row |= {"id": f"E{number_}", "department": random.choice(WORDS)}
    departments = list(dict.fromkeys(str(row["department"]) for row in persons))
    tables[DEPARTMENT] = PopulationTable(DEPARTMENT, tuple({} for _ in departments), tuple(departments))
    owners = {DEPARTMENT: tuple(departments.index(str(row["department"])) for row in persons)}
    tables[PERSON] = PopulationTable(PERSON, tuple(persons), tuple(str(row["id"]) for row in persons), owners)
    owned = [person for person in range(count) for _ in range(random.randint(0, 3))]
    random.shuffle(owned)
    among = {PERSON: tuple(owned), PROJECT: tuple(random.randrange(len(projects)) for _ in owned)}
    tables[WORK] = PopulationTable(
        WORK, tuple(rows(WORK, len(owned))), tuple(f"W{i}" for i in range(len(owned))), among
    )
    parts = [work for work in range(len(owned)) for _ in range(random.randint(0, 2))]
    tables[PARTS] = PopulationTable(PARTS, tuple(rows(PARTS, len(parts))), ("",) * len(parts), {WORK: tuple(parts)})
    return Population(tables)
