"""Evaluates a population on demand: a value is computed when something asks for it, once.

Nothing of a row is computed unless a judgement depends on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import define, evolve, field

from ..lang.made_names import MadeName
from ..model.checked import CheckedQuantity, Premise
from ..model.levels import PERSON, Level, Levels
from ..model.scheme import Formula
from ..model.terms import Constant
from ..model.trace import TraceLine, Violation, Working
from .aggregates import FoundRows
from .evaluator import Evaluator, Scope
from .functions import as_flag
from .numbers import RefereeFault, number_in
from .population import PopulationRows
from .prepared import PreparedScheme
from .quantities import trace_line_of
from .scope import Standpoint
from .testimony import Effort, Testimony, TooMuch


class NeedsOthers(Exception):
    """Raised by a premise that reads other people, while it is still open who of them takes part."""


@define(eq=False)
class Participation:
    """Whether a person takes part: in scope, and no premise about the own rows violated.

    `later` are the premises that can be judged only once it is known who takes part.
    """

    in_scope: bool = True
    scope: Working | None = None
    broken: list[Violation] = field(factory=list)
    later: list[Premise] = field(factory=list)


class PopulationEvaluator:
    """The values of a population, which every scope reads."""

    def __init__(
        self, ready: PreparedScheme, rows: PopulationRows, testimony: Testimony | None = None,
        effort: Effort | None = None,
    ) -> None:  # fmt: skip
        self.ready, self.rows, self.testimony = ready, rows, testimony
        self.effort = effort or Effort()
        self.evaluator = Evaluator()
        self.taken: set[str] = set()  # quantities of the judged that stand as the run has them
        self.levels: Levels = ready.checked.levels
        self.traces: dict[tuple[str, int], tuple[int, TraceLine]] = {}
        self.broken: dict[tuple[Level, int], dict[tuple[str, str, int], Violation]] = {}
        self.outcomes: dict[tuple[str, int], object] = {}  # of honours, distributions and pools, by group row
        self._standings: dict[int, Participation] = {}
        self._taking_part: dict[tuple[Level, Level, int], tuple[int, ...]] = {}
        self._found: dict[tuple[object, ...], FoundRows] = {}
        self._deciding = False

    # ── Values ───────────────────────────────────────────────────────────────────────────────────

    def value(self, level: Level, row: int, name: str) -> Constant:
        quantity = self.ready.quantities.get(name)
        if quantity is None:
            return self.given(level, row, name)
        if self._is_heard_of(level, row):
            return self._told(level, row, name)
        return self.line(quantity, row).value

    def _is_heard_of(self, level: Level, row: int) -> bool:
        """Whether the value of a row is taken from the run: its person is not judged."""
        if self.testimony is None or not self.levels.is_above(PERSON, level):
            return False
        return self.testimony.is_heard_of(self.rows.owner(level, row, PERSON))

    def _told(self, level: Level, row: int, name: str) -> Constant:
        """The value that the run has for a quantity of a row."""
        if self.testimony is None:
            raise TooMuch(name)
        if level == PERSON:
            return self.testimony.of_person(row, name)
        if self.levels.is_above(PERSON, level):
            person = self.rows.owner(level, row, PERSON)
            return self.testimony.of_row(person, name, self.rows.number_of(level, row))
        return self.testimony.of_group(level[0], self.rows.key(level, row), name)

    def given(self, level: Level, row: int, name: str) -> Constant:
        """A value from the data, or the key of a group."""
        if level and name == MadeName.GROUP.of(level[0]):
            return self.rows.key(level, row)
        if self.rows.has(level, row, name):
            return self.rows.cell(level, row, name)
        item = self.ready.checked.inputs.get(name)
        if level == PERSON and (item is None or not item.facts.may_miss):
            raise RefereeFault(f"nothing is called {name}")
        return None

    def line(self, quantity: CheckedQuantity, row: int) -> TraceLine:
        """Computes a quantity of one row, with its trace; a long chain of names is computed from below."""
        key = (quantity.name, row)
        if key not in self.traces:
            for below in self.ready.milestones(quantity.name):
                try:
                    self.line(below, self.rows.owner(quantity.level, row, below.level))
                except (RefereeFault, NeedsOthers, TooMuch):
                    break  # a name on a branch that is not taken; else it is met again below
        if key not in self.traces:
            try:
                line = trace_line_of(self, quantity, row)
            except TooMuch:
                line = self._taken(quantity, row)
            self.traces[key] = (len(self.traces), line)
            self._check_range(quantity, line, row)
        return self.traces[key][1]

    def _taken(self, quantity: CheckedQuantity, row: int) -> TraceLine:
        """The line of a value that would exceed the effort: its value is taken from the run."""
        value = self._told(quantity.level, row, quantity.name)
        self.taken.add(quantity.name)
        place = quantity.definition.place
        return TraceLine(quantity.name, value, None, place, value, state=TAKEN, level=quantity.level)

    def _check_range(self, quantity: CheckedQuantity, line: TraceLine, row: int) -> None:
        """Checks, for each row, a declared range that was not proved."""
        if quantity.proved or not isinstance(line.value, Fraction) or line.state in NOT_COMPUTED:
            return
        definition = quantity.definition
        low = None if definition.low is None else number_in(definition.low.text)
        high = None if definition.high is None else number_in(definition.high.text)
        if (low is not None and line.value < low) or (high is not None and line.value > high):
            self.breaks(Violation("data-range-declared", quantity.name, definition.place), quantity.level, row)

    def work(self, formula: Formula, scope: Scope) -> Working:
        self.effort.spend()
        return self.evaluator.work(self.ready.parsed(formula), scope)

    def breaks(self, broken: Violation, level: Level, row: int) -> None:
        known = self.broken.setdefault((level, row), {})
        known.setdefault((broken.code, broken.text, broken.place.start), self._located(broken, level, row))

    def _located(self, broken: Violation, level: Level, row: int) -> Violation:
        details, number, key = self.rows.address(level, row)
        return evolve(broken, details=details, row=number, level=level, key=key)

    def cached_rows(self, address: tuple[object, ...]) -> FoundRows | None:
        return self._found.get(address)

    def cache_rows(self, address: tuple[object, ...] | None, found: FoundRows, rows: int) -> None:
        self.effort.spend(rows)
        if address is not None:
            self._found[address] = found

    # ── Who takes part ───────────────────────────────────────────────────────────────────────────

    def taking_part(self, fine: Level, level: Level, row: int) -> Sequence[int]:
        """The rows of `fine` that belong to a row of `level`, without those of people who take no part.

        A group to which only such people belong takes no part either, unless it has a row in a table of groups.
        """
        owned = self.rows.owned(level, row, fine)
        if self.testimony is not None:  # else nobody else knows it
            self.effort.afford(len(owned))
        if self._is_all_the_same(fine) or self.levels.is_above(PERSON, level):
            return owned
        if self._deciding:
            raise NeedsOthers(f"{fine} of {level}")
        address = (fine, level, row)
        if address not in self._taking_part:
            self._taking_part[address] = tuple(number for number in owned if self._counts(fine, number))
        return self._taking_part[address]

    def _is_all_the_same(self, level: Level) -> bool:
        """Whether the rows of a level count whether or not people of theirs take part in the scheme."""
        if self.levels[level].sort == "group":
            return bool(self.levels[level].table)
        return PERSON not in self.levels.above(level)

    def _counts(self, level: Level, row: int) -> bool:
        """Whether a row belongs to somebody who takes part."""
        if self._is_all_the_same(level):
            return True
        if self.levels[level].sort != "group":
            return self.takes_part(self.rows.owner(level, row, PERSON))
        below = [one for one in self.levels if level in self.levels[one].owners and one in self.rows]
        return any(self._counts(one, number) for one in below for number in self.rows.owned(level, row, one))

    def takes_part(self, person: int) -> bool:
        standing = self.standing(person)
        return standing.in_scope and not standing.broken

    def standing(self, person: int) -> Participation:
        """Whether a person takes part: scope first, then the premises.

        The premises come first if the scope reads quantities, which rely on them.
        """
        if self.testimony is not None and self.testimony.is_heard_of(person):
            return Participation(self.testimony.takes_part(person))
        if person not in self._standings:
            outer, self._deciding = self._deciding, True
            try:
                self._standings[person] = self._decided(person)
            finally:
                self._deciding = outer
        return self._standings[person]

    def _decided(self, person: int) -> Participation:
        found = Participation()
        first = self.ready.checked.premises_first
        if first:
            self._judge_own(person, found)
        condition = self.ready.scheme.applies_to
        if not found.broken and not self.ranges_broken(person) and isinstance(condition, Formula):
            found.scope = self.work(condition, Standpoint(self, row=person))
            found.in_scope = as_flag(found.scope.value)
        if found.in_scope and not first:
            self._judge_own(person, found)
        return found

    def _judge_own(self, person: int, standing: Participation) -> None:
        """Judges the premises of the person and of the detail rows that belong to it."""
        first = self.ready.checked.premises_first
        for premise in self.ready.checked.premises:
            if not self.levels.is_above(PERSON, premise.level) or (first and premise.of_group):
                continue
            try:
                for row in self.rows.owned(PERSON, person, premise.level):
                    broken = self.judge(premise, row, bool(standing.broken))
                    standing.broken += [] if broken is None else [broken]
            except NeedsOthers:
                standing.later.append(premise)

    def ranges_broken(self, person: int) -> bool:
        """Whether a declared range is known to be violated by the person's own rows."""
        return any(
            self.rows.owner(level, row, PERSON) == person
            for level, row in self.broken
            if self.levels.is_above(PERSON, level)
        )

    def judge(self, premise: Premise, row: int, already: bool) -> Violation | None:
        """The violation of a premise in one row; None if it holds, or if it relies on a violated one."""
        try:
            holds = as_flag(self.work(premise.formula, Standpoint(self, premise.level, row)).value)
        except RefereeFault:
            if not already:
                raise
            return None
        broken = Violation("data-require", premise.formula.text, premise.formula.place)
        return None if holds else self._located(broken, premise.level, row)


TAKEN = "taken"  # the state of a line that is the run's own word
NOT_COMPUTED = ("condition_not_met", "not_this_period", TAKEN)
