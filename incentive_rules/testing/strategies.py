"""Hypothesis strategies of a scheme: people, pairs, twins, teams, populations, periods.

As with Hypothesis's own strategies nothing is read when one is made: a wrong path, a scheme with errors or a fact that
does not exist is an error when the first example is drawn (or at `.validate()`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from hypothesis import reject
from hypothesis import strategies as st

from ..model.data import ByInput
from ..model.levels import PERSON
from ..pipeline import Pipeline
from ..proving.worlds import rows_of_world
from .crowds import Crowd, DrawnPerson, ImprovedPair, Twins
from .drawing import Drawing
from .falls import Way
from .subjects import DrawnTables, SchemeUnderTest, Subject, periods_by_example, subject_of
from .thresholds import Threshold, Track
from .tracks import cell_track, row_track, with_cell_at, word_cell
from .walks import Walker

Near = Literal["thresholds"] | None
STEER_WORLDS = 60
ON = (0,)  # the signature of somebody who stands on a threshold
MOST_TRIED = 4  # facts that may carry somebody to a threshold
PAIR_WORLDS = 200


class _Drawings:
    """What is known of a scheme, found out when it is first drawn from, and kept for the examples that follow."""

    def __init__(self, scheme: SchemeUnderTest, period: str | None, near: Near, missing: bool) -> None:
        self._asked = (scheme, period)
        self._near, self._missing = near, missing
        self._known: tuple[Subject, Drawing] | None = None

    def get(self) -> Drawing:
        if self._near not in ("thresholds", None):
            raise ValueError(f"near={self._near!r}: it is 'thresholds' or None")
        subject = subject_of(*self._asked)
        if self._known is None or self._known[0] is not subject:
            self._known = (subject, Drawing(subject, self._near is not None, self._missing))
        return self._known[1]


def people(
    scheme: SchemeUnderTest, *, period: str | None = None, near: Near = "thresholds", missing: bool = True
) -> st.SearchStrategy[DrawnPerson]:  # fmt: skip
    """One person with all rows, whom the scheme pays; what others decide is `given`.

    `near` steers the person to the thresholds of the scheme; with None the facts are any. With `missing` a fact that
    may be missing sometimes is.
    """
    drawings = _Drawings(scheme, period, near, missing)

    @st.composite
    def drawn(draw: st.DrawFn) -> DrawnPerson:
        drawing = drawings.get()
        tables = _crowd(draw, drawing, 1)
        given = drawing.given(draw) if drawing.subject.needs_others else {}
        return DrawnPerson(drawing.subject, tables, given)

    return drawn()


def populations(
    scheme: SchemeUnderTest, *, min_size: int = 1, max_size: int = 4, period: str | None = None,
    near: Near = "thresholds", missing: bool = True,
) -> st.SearchStrategy[Crowd]:  # fmt: skip
    """A few people whom the scheme pays together."""
    return _crowds(_Drawings(scheme, period, near, missing), min_size, max_size, ())


def teams(
    scheme: SchemeUnderTest, *, within: str | None = None, min_size: int = 2, max_size: int = 4,
    period: str | None = None, near: Near = "thresholds", missing: bool = True,
) -> st.SearchStrategy[Crowd]:  # fmt: skip
    """People of one group: who share the fact `within`, or every fact that makes a group."""
    return _crowds(_Drawings(scheme, period, near, missing), min_size, max_size, (within,))


def _crowds(
    drawings: _Drawings, min_size: int, max_size: int, within: tuple[str | None, ...]
) -> st.SearchStrategy[Crowd]:  # fmt: skip
    @st.composite
    def drawn(draw: st.DrawFn) -> Crowd:
        if not 1 <= min_size <= max_size:
            raise ValueError(f"min_size={min_size} and max_size={max_size}: at least 1, and in this order")
        drawing = drawings.get()
        alike = [name for one in within for name in _shared(drawing.subject, one)]
        tables = _crowd(draw, drawing, draw(st.integers(min_size, max_size)), alike)
        return Crowd(drawing.subject, tables)

    return drawn()


def _shared(subject: Subject, within: str | None) -> Sequence[str]:
    """The facts of people that make the group; `ValueError` for a name that makes none."""
    checked = subject.checked
    groups = [level[0] for level in checked.levels.above(PERSON) if level and level[0] in checked.inputs]
    if within is None:
        return groups
    if within not in groups:
        raise ValueError(f"within={within!r}: people belong to {', '.join(groups) or 'no group'}")
    return [within]


def twins(
    scheme: SchemeUnderTest, *, but: str | None = None, others: int = 1, period: str | None = None,
    near: Near = "thresholds", missing: bool = True,
) -> st.SearchStrategy[Twins]:  # fmt: skip
    """Two people who are alike in every fact and row, among at most so many `others`; `but` is where they differ."""
    drawings = _Drawings(scheme, period, near, missing)

    @st.composite
    def drawn(draw: st.DrawFn) -> Twins:
        drawing = drawings.get()
        subject = drawing.subject
        facts = {one.name: one for one in subject.sheets[0].facts}
        if but is not None and but not in facts:
            raise ValueError(f"but={but!r}: no fact of people; there are {', '.join(facts)}")
        tables = _crowd(draw, drawing, 1 + draw(st.integers(0, others)))
        twin = _with_twin(subject, tables, "E0")
        if but is not None:
            other = draw(drawing.cell(facts[but], None).filter(lambda cell: cell != tables[""][0].get(but)))
            twin = with_cell_at(twin, "", 0, but, other)
        found = drawing.repairs.crowd(twin) if but is None else twin if drawing.repairs.accepted(twin) else None
        if found is None:
            reject()
        return Twins(subject, found, apart=but or "")

    return drawn()


def _with_twin(subject: Subject, tables: DrawnTables, key: str) -> DrawnTables:
    """The tables with one more person, first of all, who has the facts and rows of the one who was first."""
    first = str(tables[""][0].get(subject.key, ""))
    made = {name: list(rows) for name, rows in tables.items()}
    made[""] = [ByInput({**tables[""][0], subject.key: key}), *tables[""]]
    renamed: dict[tuple[str, object], str] = {}
    for sheet in subject.sheets:
        for row in tables.get(sheet.name, ()) if sheet.owners else ():
            if subject.person_of(tables, sheet.name, row) != first:
                continue
            copy = dict(row)
            for column in sheet.own_keys:
                copy[column] = renamed[sheet.name, row[column]] = f"{row[column]}-{key}"
            for column, above, _ in sheet.owners:
                if above == "" and column == subject.key:
                    copy[column] = key
                elif above and (above, row.get(column)) in renamed:
                    copy[column] = renamed[above, row[column]]
            if subject.key in copy:
                copy[subject.key] = key
            made[sheet.name].append(ByInput(copy))
    return made


def improved_pairs(
    scheme: SchemeUnderTest, *, min_size: int = 1, max_size: int = 3, period: str | None = None,
    near: Near = "thresholds", missing: bool = True,
) -> st.SearchStrategy[ImprovedPair]:  # fmt: skip
    """The same people twice: in the second world one fact of one of them is better, all else is equal.

    Near thresholds the two values are often neighbours, with a threshold of the scheme between them.
    """
    drawings = _Drawings(scheme, period, near, missing)

    @st.composite
    def drawn(draw: st.DrawFn) -> ImprovedPair:
        drawing = drawings.get()
        subject = drawing.subject
        ways = drawing.falls.ways
        if not ways:
            raise ValueError("no fact of this scheme has a direction in which it is better")
        size = draw(st.integers(min_size, max_size)) if subject.needs_others else 1
        tables = _crowd(draw, drawing, size)
        way = draw(st.sampled_from(ways))
        pair = _pair(draw, drawing, tables, way)
        if pair is None:
            reject()
        return pair

    return drawn()


def _pair(draw: st.DrawFn, drawing: Drawing, tables: DrawnTables, way: Way) -> ImprovedPair | None:
    subject, move = drawing.subject, way.improvement.move
    table = move.level[0] if move.level != PERSON else ""
    rows = [n for n, row in enumerate(tables.get(table, ())) if row.get(move.name) is not None]
    if not rows:
        return None
    row = draw(st.sampled_from(rows))
    key = subject.person_of(tables, table, tables[table][row])
    if move.words is not None:
        one = subject.checked.inputs[move.name]
        worlds = [with_cell_at(tables, table, row, move.name, word_cell(one, word)) for word in move.words]
    else:
        track = cell_track(drawing.thresholds, tables, table, row, move.name)
        places = None if track is None else _two_places(draw, drawing, tables, track)
        if track is None or places is None:
            return None
        places = places if way.improvement.sign == "+" else places[::-1]
        worlds = [rows_of_world(tables, track.world(place)) for place in places]
    if not all(drawing.repairs.accepted(world) for world in worlds):
        return None
    worse, better = (Crowd(subject, world) for world in worlds)
    return ImprovedPair(worse, better, key, move.name, table, row + 1)


def _two_places(
    draw: st.DrawFn, drawing: Drawing, tables: DrawnTables, track: Track
) -> tuple[int, int] | None:
    """Two places of a track, ascending: neighbours with a threshold between them, or any two."""
    low, high = track.worth[0], track.worth[-1]
    if low >= high:
        return None
    if drawing.steered and draw(st.sampled_from((True, True, False))):
        ground = drawing.subject.ground(tables)
        walks = [] if ground is None else Walker(drawing.thresholds, ground, PAIR_WORLDS).walked([track])
        turns = [(one.place, other.place) for walk in walks for one, other in walk.neighbours()
                 if other.place - one.place == 1 and one.signature != other.signature]  # fmt: skip
        if turns:
            return draw(st.sampled_from(turns))
    one = draw(st.integers(low, high - 1))
    return one, draw(st.integers(one + 1, high))


def periods(scheme: SchemeUnderTest) -> st.SearchStrategy[str]:
    """The periods for which the scheme may be computed; those of its examples first."""

    @st.composite
    def drawn(draw: st.DrawFn) -> str:
        named = [scheme.period] if isinstance(scheme, Pipeline) else [*periods_by_example(scheme)]
        return draw(st.sampled_from(named))

    return drawn()


# ── Steering ─────────────────────────────────────────────────────────────────────────────────────


def _crowd(draw: st.DrawFn, drawing: Drawing, size: int, alike: Sequence[str] = ()) -> DrawnTables:
    """People who are paid, some of them carried to thresholds."""
    tables = drawing.repairs.crowd(drawing.tables(draw, size, alike))
    if tables is None:
        reject()
    for number in range(2 if drawing.steered else 0):
        if number == 0 or draw(st.booleans()):
            tables = _steered(draw, drawing, tables)
    return tables


def _steered(draw: st.DrawFn, drawing: Drawing, tables: DrawnTables) -> DrawnTables:
    """One fact of somebody set beside a threshold that it reaches, on the one side or the other.

    Where the threshold is a ratio, somebody may get as many rows as it takes to stand on it.
    """
    thresholds = drawing.reachable
    number = draw(st.integers(0, len(thresholds)))
    if number == 0:
        return tables
    threshold, names = thresholds[number - 1]
    begin, above = draw(st.integers(0, len(names) - 1)), draw(st.sampled_from((False, True, True)))
    person, whole = draw(st.integers(0, len(tables[""]) - 1)), draw(st.sampled_from((False, True, True)))
    for name in (*names[begin:], *names[:begin])[:MOST_TRIED]:
        world = _beside(drawing, tables, threshold, name, person, whole, above)
        if world is not None and drawing.repairs.accepted(world):
            return world
    return tables


def _beside(
    drawing: Drawing, tables: DrawnTables, threshold: Threshold, name: str, person: int, whole: bool, above: bool
) -> DrawnTables | None:
    """The tables in which this fact of this person stands beside the threshold; None where it does not cross it."""
    subject = drawing.subject
    one = subject.checked.inputs[name]
    table, key = one.level[0] if one.level != PERSON else "", str(tables[""][person].get(subject.key, ""))
    if table and whole and threshold.parts > 1:
        tables = drawing.with_rows(tables, table, key, threshold.parts)
    rows = [n for n, row in enumerate(tables.get(table, ()))
            if row.get(name) is not None and subject.person_of(tables, table, row) == key]  # fmt: skip
    if not rows:
        return None
    made = row_track if table and whole else cell_track
    track = made(drawing.thresholds, tables, table, rows[0], name)
    found = None if track is None else _crossing(drawing, tables, track, threshold)
    return None if track is None or found is None else rows_of_world(tables, track.world(found[above]))


def _crossing(drawing: Drawing, tables: DrawnTables, track: Track, threshold: Threshold) -> tuple[int, int] | None:
    """Two neighbouring places with the threshold between them; the second one stands on it, where one does."""
    ground = drawing.subject.ground(tables)
    if ground is None:
        return None
    walker = Walker(drawing.thresholds.only(threshold), ground, STEER_WORLDS)
    (walk,) = walker.walked([track], turns=False)
    for one, other in walk.neighbours():
        if one.signature == other.signature:
            continue
        low, high = one, other
        while high.place - low.place > 1:
            middle = walker.at(walk, (low.place + high.place) // 2)
            if middle.result is None:
                return None
            low, high = (middle, high) if middle.signature == one.signature else (low, middle)
        return (high.place, low.place) if low.signature == ON else (low.place, high.place)
    return None
