"""A second opinion on a run: some people computed once more by the referee, and where the two differ.

Who is looked at is decided by the data alone, so that the same data are looked at in the same places: people whose
facts or values stand on a boundary, and others by a hash of their keys. How much is looked at is counted, never timed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from heapq import nsmallest
from itertools import accumulate, chain, zip_longest

from attrs import evolve, fields

from .base.numbers import EXACT
from .base.places import Place
from .base.problems import Problem
from .batch import Hearing, Judge
from .engine.summary import Computed
from .judging.testimony import Effort
from .lang.types import PLAIN
from .model.checked import Checked
from .model.data import DataRow, People, count_rows
from .model.exact_values import show_typed
from .model.levels import PERSON
from .model.on_demand import OnDemand
from .model.result import Result
from .model.run import Dissent, HonorOutcome, HowMany, PoolOutcome, SecondOpinion
from .model.terms import Aggregate, Ranked, Running, walk
from .model.trace import Judgement, TraceLine, Working
from .reading.named_facts import NamedFacts
from .recomputing.boundaries import Boundary, boundaries_of, spread, stands_on
from .recomputing.differences import Unequal, differences

Accepted = tuple[DataRow, Result]
GroupOutcome = PoolOutcome | HonorOutcome
Watch = Callable[[int, int, int], None]  # people done, of how many, formulas and rows looked at

PEOPLE = 24  # who are recomputed where nobody says how many
LEAST_EFFORT, CELLS_FOR_ONE = 5_000, 400  # formulas and rows of aggregates: so many, or one for so many cells of a run
PART_OF_ONE = 8  # no person's own rows, and no aggregate, take more than this part of the effort
ROWS_FOR_ONE = 40  # comparisons of two rows in a running sum that count as much as a formula
CANDIDATES, FOR_EACH = 400, 20  # so many are looked at for boundaries, or so many for each who is asked for
HASHED = 20  # times as many keys are hashed; of more people, those that lie evenly apart
MOST_DISSENTS = 100


def asked_for(referee: object) -> HowMany:
    """What somebody asks for: None for what is usual, a number of people, or "all"; `ValueError` for anything else."""
    if referee is None:
        return None
    if isinstance(referee, int) and not isinstance(referee, bool) and referee >= 0:
        return referee
    if referee == "all":
        return "all"
    raise ValueError(f'referee is how many people, 0 for none, or "all", and not {referee!r}')


def second_opinion(
    checked: Checked, people: People, computed: Computed, hearing: Hearing, asked: HowMany, salt: str,
    watch: Watch | None = None,
) -> SecondOpinion | None:  # fmt: skip
    """What the referee says of the people who were asked for; None where nobody was.

    All of them are computed from the data alone. Of fewer, each is computed from the own data and the values that the
    run has of others; and where nobody says how many, only as far as a small part of the run's work allows.
    """
    accepted = _Accepted(computed)
    if asked == 0:
        return None
    opinion = _Opinion(checked, accepted, watch)
    if asked == "all" or not accepted or (asked is not None and asked >= len(accepted)):
        return opinion.of_all(hearing, computed)
    effort = Effort()
    if asked is None:
        effort.most = max(LEAST_EFFORT, _cells(checked, people, computed) // CELLS_FOR_ONE)
        effort.largest = effort.most // PART_OF_ONE
    chosen, edges = _Choice(checked, people, accepted, salt, effort).of(PEOPLE if asked is None else asked)
    return opinion.of_some(hearing, chosen, edges, effort)


class _Accepted(OnDemand[Accepted]):
    """The people who have a result, each with it; `keys` are theirs."""

    def __init__(self, computed: Computed) -> None:
        self._rows, self._results = computed.rows(computed.accepted), computed.paid
        self.keys = computed.paid.keys

    def made(self, number: int) -> Accepted:
        return self._rows[number], self._results[number]

    def __len__(self) -> int:
        return len(self._results)


# ── Who ───────────────────────────────────────────────────────────────────────────────────────────


class _Choice:
    """Chooses people: those on a boundary in turn with those that come first by a hash."""

    def __init__(
        self, checked: Checked, people: People, accepted: _Accepted, salt: str, effort: Effort
    ) -> None:
        self.checked, self.people, self.accepted = checked, people, accepted
        self.effort = effort
        self.salt = hashlib.sha256("\0".join((salt, *sorted(people.digests))).encode()).digest()

    def of(self, wanted: int) -> tuple[list[int], frozenset[int]]:
        """So many people by their numbers, or as many as can be afforded; and who is known to be on a boundary."""
        order = self._first(max(CANDIDATES, FOR_EACH * wanted))
        takes = self._takes(order) if self.effort.largest is not None else {}
        if takes:
            light = [number for number in order if takes[number] <= (self.effort.largest or 0)]
            order = light or [min(order, key=takes.__getitem__)]
        standing = tuple(self._standing(order))
        edges = spread(standing, (wanted + 1) // 2)
        mixed = dict.fromkeys(n for n in chain.from_iterable(zip_longest(edges, order)) if n is not None)
        chosen = list(mixed)[:wanted]
        so_far = accumulate(takes.get(number, 0) for number in chosen)
        most = self.effort.most
        few = [n for n, spent in zip(chosen, so_far, strict=True) if most is None or spent <= most] or chosen[:1]
        return few, frozenset(number for number, _ in standing)

    def _first(self, most: int) -> list[int]:
        """The first people by a hash of their keys."""
        step = max(1, len(self.accepted) // (HASHED * most))
        salted, keys = hashlib.blake2b(digest_size=16, key=self.salt), self.accepted.keys

        def hashed(number: int) -> bytes:
            one = salted.copy()
            one.update(keys[number].encode("utf-8", "replace"))
            return one.digest()

        return nsmallest(most, range(int.from_bytes(self.salt[:8]) % step, len(keys), step), key=hashed)

    def _takes(self, order: Sequence[int]) -> dict[int, int]:
        """What the own rows of each of these people take."""
        of_person, of_rows, running = _takes(self.checked)
        takes: dict[int, int] = {}
        for number in order:
            sizes = self._sizes(number)
            takes[number] = of_person + sum(of_rows.get(name, 0) * size for name, size in sizes.items())
            takes[number] += sum(sizes.get(name, 0) ** 2 // ROWS_FOR_ONE for name in running)
        return takes

    def _sizes(self, number: int) -> dict[str, int]:
        """How many rows of each table a person has."""
        key = self.accepted.keys[number]
        return {name: len(rows.get(key, ())) for name, rows in self.people.details.items()}

    def _standing(self, order: Sequence[int]) -> Iterator[tuple[int, tuple[Boundary, ...]]]:
        """Who stands on which boundaries, as far as half the effort in rows leads."""
        boundaries, looked_at = boundaries_of(self.checked), 0
        facts_of = NamedFacts(self.checked, self.people, boundaries)
        for number in order if boundaries else ():
            row, result = self.accepted[number]
            looked_at += 1 + sum(self._sizes(number).values())
            if self.effort.most is not None and looked_at > self.effort.most // 2:
                return
            met = stands_on(boundaries, facts_of(row), result)
            if met:
                yield number, met


def _takes(checked: Checked) -> tuple[int, dict[str, int], tuple[str, ...]]:
    """What is looked at for one person, and for one row of each table; and the tables with running sums.

    A formula for each quantity, and each row once more for each aggregate over it.
    """
    of_person, of_rows, running = 0, dict[str, int](), list[str]()
    for quantity in checked.quantities:
        terms = [quantity.term] if quantity.condition is None else [quantity.term, quantity.condition]
        of_person += quantity.level == PERSON
        sources = [t.source for term in terms for t in walk(term) if isinstance(t, (Aggregate, Ranked, Running))]
        running += ["".join(t.source) for term in terms for t in walk(term) if isinstance(t, Running)]
        for level in (quantity.level, *sources):
            of_rows["".join(level)] = of_rows.get("".join(level), 0) + 1
    return of_person, of_rows, tuple(running)


def _cells(checked: Checked, people: People, computed: Computed) -> int:
    """How many values the run read and computed."""
    names: dict[str, int] = {}
    for level in (*(one.level for one in checked.inputs.values()), *(q.level for q in checked.quantities)):
        names["".join(level)] = names.get("".join(level), 0) + 1
    rows = {name: count_rows(owned) for name, owned in people.details.items()}
    rows |= {name: len(found) for name, found in (*people.groups.items(), *people.shared.items())}
    rows[""] = len(computed.outcomes)
    return sum(count * rows.get(name, 1) for name, count in names.items())


# ── What the referee says of them ─────────────────────────────────────────────────────────────────


class _Opinion:
    """Has people judged one after the other, and notes where the results are others."""

    def __init__(self, checked: Checked, accepted: Sequence[Accepted], watch: Watch | None) -> None:
        self.checked, self.accepted, self.watch = checked, accepted, watch
        self.types = {quantity.name: quantity.facts.type for quantity in checked.quantities}
        self.dissents: list[Dissent] = []

    def of_all(self, hearing: Hearing, computed: Computed) -> SecondOpinion:
        """Everybody, and what became of pools and honours."""
        everybody = range(len(self.accepted))
        self._judge(hearing.judge, everybody, hearing.effort)
        pools, honors = hearing.outcomes()
        self._together(computed.pools, pools)
        self._together(computed.honors, honors)
        return SecondOpinion(len(everybody), len(everybody), whole=True, dissents=tuple(self.dissents))

    def of_some(
        self, hearing: Hearing, chosen: Sequence[int], edges: Collection[int], effort: Effort
    ) -> SecondOpinion:
        """These people, the values of all others as the run has them."""
        bench = hearing.among_others([self.accepted[number][0] for number in chosen], effort)
        self._judge(bench.judge, chosen, effort)
        on_edges = sum(number in edges for number in chosen)
        order = {quantity.name: n for n, quantity in enumerate(self.checked.quantities)}
        taken = tuple(sorted(bench.taken, key=order.__getitem__))
        return SecondOpinion(len(chosen), len(self.accepted), on_edges, taken, False, tuple(self.dissents))

    def _judge(self, judge: Judge, chosen: Sequence[int], effort: Effort) -> None:
        for done, number in enumerate(chosen):
            watch = self.watch
            if watch is not None:
                watch(done, len(chosen), effort.spent)
                effort.watch = partial(watch, done, len(chosen))
            self._compare(judge, *self.accepted[number])

    def _compare(self, judge: Judge, row: DataRow, result: Result) -> None:
        try:
            judgement = judge(row)
        except Exception as error:  # whatever it is, a result that cannot be confirmed is not paid
            self._note(row.key, "", "fault", reason=f"{type(error).__name__}: {error}")
            return
        for broken in judgement.broken:
            self._note(row.key, broken.text, "premise", place=broken.place)
        for one in differences(result, judgement) if not judgement.broken else ():
            self._differs(row.key, one, judgement)
        for name in judgement.outside:
            type_ = self.checked.quantity(name).facts.type
            value = show_typed(judgement.values.get(name), type_)
            self._note(row.key, name, "bounds", value, line=_line_of(judgement, name))

    def _differs(self, key: str, one: Unequal, judgement: Judgement) -> None:
        known = one.part == "value" and one.name in self.types
        type_ = self.types[one.name] if known else PLAIN
        ours, theirs = show_typed(one.ours, type_), show_typed(one.theirs, type_)
        self._note(key, one.label, "", ours, theirs, line=_line_of(judgement, one.name, one.row))

    def _together(self, ours: Iterable[GroupOutcome], theirs: Iterable[GroupOutcome]) -> None:
        """What became of each pool, or honour, in each group; of one that waits for refused rows nothing is said."""
        here = {(one.name, one.group): one for one in ours}
        there = {(one.name, one.group): one for one in theirs}
        for name, group in (one for one in here if one in there):
            mine, other = _of_everybody(here[name, group]), _of_everybody(there[name, group])
            if mine.state != "held" and mine != other:
                place = self.checked.quantity(name).definition.place
                self._note(group, name, "", _told(mine, other), _told(other, mine), place=place)

    def _note(
        self, key: str, name: str, variant: str, value: str = "", found: str = "", *,
        reason: str = "", line: TraceLine | None = None, place: Place | None = None,
    ) -> None:  # fmt: skip
        if len(self.dissents) >= MOST_DISSENTS:
            return
        formula = line.source.formula if line is not None and isinstance(line.source, Working) else None
        place = formula.place if formula is not None else line.place if line is not None else place
        params = {"name": name, "who": key or "—", "value": value, "expected": found, "reason": reason}
        problem = Problem("engines-differ", params, variant, key=key, place=place)
        text = formula.text if formula is not None else ""
        self.dissents.append(Dissent(key, name, value, found, text, problem))


def _of_everybody(one: GroupOutcome) -> GroupOutcome:
    """What became of a pool or an honour if nobody who shares in it waited for something else."""
    state = one.state
    if isinstance(one, HonorOutcome):
        chosen = tuple(sorted((*one.chosen, *one.waiting)))
        return evolve(one, chosen=chosen, waiting=(), state="decided" if state == "in_part" else state)
    paid, left = EXACT.add(one.paid, one.waiting), EXACT.subtract(one.remainder, one.waiting)
    state = "paid" if state == "in_part" else state
    return evolve(one, paid=paid, remainder=left, waiting=Decimal(0), state=state)


def _line_of(judgement: Judgement, name: str, row: int | None = None) -> TraceLine | None:
    return next((line for line in judgement.trace if line.name == name and line.row == row), None)


def _told(one: GroupOutcome, other: GroupOutcome) -> str:
    """What of one outcome is otherwise in the other: `paid 5.00, remainder 0.00`."""
    names = [field.name for field in fields(type(one))]
    unlike = [name for name in names if getattr(one, name) != getattr(other, name)]
    return ", ".join(f"{name} {getattr(one, name)}" for name in unlike)
