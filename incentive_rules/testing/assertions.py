"""What is asserted of people who were drawn; who breaks it is shown beside whom, in the scheme's language."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from zlib import crc32

from ..base.numbers import show_number
from ..base.words import in_language
from ..lang.types import Kind
from ..model import promises as p
from ..model.exact_values import as_constant
from ..model.levels import PERSON
from ..model.result import Result
from ..model.scheme import Pool, Role
from ..proving.graph import ReadGraph
from ..proving.work import can_move, feeds_of
from ..proving.worlds import rows_of_world
from .crowds import Crowd, DrawnPerson, ImprovedPair, Twins, shown_cell
from .falls import Falls, Way
from .side_by_side import two_people, two_worlds
from .subjects import DrawnTables, Subject
from .thresholds import SchemeThresholds, Track
from .tracks import cell_track, row_track, word_track
from .walks import Stop, Walk, Walker

MOST_WORLDS = 1500  # of one example


class _Known:
    """What is found out of a scheme once, and asked of each example."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.thresholds, self.falls = SchemeThresholds(subject), Falls(subject)


_ASSERTED_OF: dict[int, _Known] = {}


def _known(subject: Subject) -> _Known:
    known = _ASSERTED_OF.get(id(subject))
    if known is None or known.subject is not subject:
        known = _ASSERTED_OF[id(subject)] = _Known(subject)
    return known


# ── Better never pays less ───────────────────────────────────────────────────────────────────────


def assert_better_never_pays_less(
    drawn: Crowd | ImprovedPair, *, stages: bool = True, most_worlds: int = MOST_WORLDS
) -> int:  # fmt: skip
    """Nobody who does better in one fact is worse off, wherever thresholds lie on the way.

    Of people each fact of work is taken through its values, one cell at a time and over more and more rows of a person;
    of a pair the two worlds are compared. Scores, totals, lines and what is paid out are looked at; without `stages`
    the last two alone. `most_worlds` is how many worlds are played for one example. The exceptions that the scheme's
    promise makes are left out. `AssertionError` shows the two worlds side by side; else it gives how many pairs of
    worlds were compared.
    """
    __tracebackhide__ = True
    subject = drawn.worse.subject if isinstance(drawn, ImprovedPair) else drawn.subject
    known = _known(subject)
    if isinstance(drawn, ImprovedPair):
        _pair_holds(known, drawn, stages)
        return 1
    compared = 0
    _refuse_given(drawn)
    walker, walks = _walked(known, drawn, most_worlds)
    for way, walk in walks:
        up = way.improvement.sign == "+"

        def falls(one: Result, other: Result, way: Way = way, up: bool = up) -> bool:
            return bool(known.falls.lost(way, *((one, other) if up else (other, one)), stages))

        for low, high in walk.neighbours():
            assert low.result is not None and high.result is not None
            compared += 1
            if falls(low.result, high.result):
                _fell(known, drawn, way, walk, walker.narrowed(walk, low, high, falls), stages)
    return compared


def _refuse_given(crowd: Crowd) -> None:
    if isinstance(crowd, DrawnPerson) and crowd.subject.needs_others:
        raise TypeError("what others decide was given to this person: draw populations(...), who decide it themselves")


CellOfPerson = tuple[str, str, int]  # whose, of which table, which row


def _walked(known: _Known, crowd: Crowd, most_worlds: int) -> tuple[Walker, list[tuple[Way, Walk]]]:
    """Each fact of work of each person, walked; where worlds run short, others come first in the next crowd."""
    subject = known.subject
    tracks: list[tuple[Way, Track]] = []
    for way in known.falls.ways:
        move = way.improvement.move
        for _, table, row in _cells(subject, crowd.tables, move.name):
            made: list[Track | None]
            if move.words is not None:
                made = [word_track(subject, crowd.tables, table, row, move.name, move.words)]
            else:
                made = [cell_track(known.thresholds, crowd.tables, table, row, move.name)]
                made += [row_track(known.thresholds, crowd.tables, table, row, move.name)] if table else []
            tracks += [(way, track) for track in made if track is not None]
    begin = _begin(crowd, len(tracks))
    tracks = [*tracks[begin:], *tracks[:begin]]
    walker = _walker(known, crowd, most_worlds)
    walks = walker.walked([track for _, track in tracks])
    return walker, [(way, walk) for (way, _), walk in zip(tracks, walks, strict=True)]


def _begin(crowd: Crowd, count: int) -> int:
    return crc32(repr(crowd).encode()) % count if count else 0


def _walker(known: _Known, crowd: Crowd, most_worlds: int) -> Walker:
    ground = known.subject.ground(crowd.tables)
    if ground is None:
        raise ValueError("these people are refused: what was drawn is paid")
    return Walker(known.thresholds, ground, most_worlds)


def _cells(subject: Subject, tables: DrawnTables, name: str) -> Iterator[CellOfPerson]:
    """The first row of each person that has the fact."""
    level = subject.checked.inputs[name].level
    table = level[0] if level != PERSON else ""
    seen: set[str] = set()
    for number, row in enumerate(tables.get(table, ())):
        key = subject.person_of(tables, table, row)
        if row.get(name) is not None and key and key not in seen:
            seen.add(key)
            yield key, table, number


def _fell(known: _Known, crowd: Crowd, way: Way, walk: Walk, pair: tuple[Stop, Stop], stages: bool) -> None:
    __tracebackhide__ = True
    worse, better = pair if way.improvement.sign == "+" else pair[::-1]
    assert worse.result is not None and better.result is not None
    subject, mover = known.subject, walk.track.mover
    first = known.falls.lost(way, worse.result, better.result, stages)
    worlds = [Crowd(subject, rows_of_world(crowd.tables, one.world)) for one in (worse, better)]
    _raise_fallen(subject, way, first, worlds[0], worlds[1], mover.key, walk.track.fact, mover.table, mover.row)


def _pair_holds(known: _Known, pair: ImprovedPair, stages: bool) -> None:
    __tracebackhide__ = True
    one, other = pair.worse.results[pair.key], pair.better.results[pair.key]
    for way in known.falls.ways:
        if way.improvement.move.name != pair.fact:
            continue
        first = known.falls.lost(way, one, other, stages)
        words = way.improvement.move.words
        if first and (words is None or words == (pair.before, pair.after)):
            subject = known.subject
            _raise_fallen(subject, way, first, pair.worse, pair.better, pair.key, pair.fact, pair.table, pair.row - 1)


def _raise_fallen(
    subject: Subject, way: Way, first: str, worse: Crowd, better: Crowd, key: str, fact: str, table: str, row: int
) -> None:
    __tracebackhide__ = True  # pytest shows the message alone
    language = subject.language
    paid = first in way.lines
    said = in_language(
        language,
        f"better_never_pays_less: `{key}` does better in `{fact}`, and `{first}` is "
        + ("worse" if paid else "lower: somebody else loses pay by it"),
        f"做得更好不少得：`{key}` 的 `{fact}` 更好，`{first}` 却" + ("更差" if paid else "更低：别处会因此少得"),
    )
    place = f"  ({way.place.source.name}:{way.place.line})" if way.place is not None else ""
    headings = in_language(language, ("worse", "better"), ("较差", "更好"))
    raise AssertionError(f"{said}{place}\n{two_worlds(worse, better, key, fact, table, row, headings)}")


# ── Equal people ─────────────────────────────────────────────────────────────────────────────────


def assert_same_facts_same_pay(twins: Twins) -> None:
    """Two people who are alike in all facts (but for the one by which they were drawn apart) have equal values.

    Of what rests on a pool the cents are left open that a remainder leaves; of several such pools as many.
    """
    __tracebackhide__ = True
    subject = twins.subject
    first, second = twins.keys[:2]
    one, other = twins.results[first], twins.results[second]
    for quantity in subject.checked.quantities:
        if quantity.level != PERSON or one[quantity.name] == other[quantity.name]:
            continue
        slack = _cents(subject, quantity.name)
        before, after = as_constant(_single(one, quantity.name)), as_constant(_single(other, quantity.name))
        close = isinstance(before, Fraction) and isinstance(after, Fraction) and abs(before - after) <= slack
        if slack and (close or quantity.definition.role not in (Role.PAY, Role.RESULT)):
            continue
        language = subject.language
        apart = twins.apart and in_language(language, f" but `{twins.apart}`", f"（只有 `{twins.apart}` 不同）")
        said = in_language(
            language,
            f"same_facts_same_pay: `{first}` and `{second}` have the same facts{apart}, "
            f"and not the same `{quantity.name}`",
            f"同样数据同样待遇：`{first}` 与 `{second}` 数据相同{apart}，`{quantity.name}` 却不同",
        )
        raise AssertionError(f"{said}\n{two_people(twins, first, second)}")


def _cents(subject: Subject, name: str) -> Fraction:
    """How much of a value the last cents of pools may make, where people have equal weights."""
    graph: ReadGraph = subject.graph
    pools = [q for q in subject.checked.quantities if isinstance(q.definition.body, Pool)
             and q.definition.body.cents != "keep_remainder" and q.name in {name, *graph.behind(name)}]  # fmt: skip
    return Fraction(len(pools), 10 ** (subject.checked.currency_decimals or 0))


def _single(result: Result, name: str) -> object:
    value = result[name]
    return None if isinstance(value, tuple) else value


# ── Largest jump ─────────────────────────────────────────────────────────────────────────────────


def assert_largest_jump(
    crowd: Crowd, *, line: str | None = None, at_most: object = None, of: str = "any", most_worlds: int = MOST_WORLDS
) -> None:  # fmt: skip
    """One step of one cell changes a line by no more than so much: a unit of its precision, a day, a minute, a word.

    Without `line` what the scheme promises is asserted, with its exceptions. `of` is any | work (facts that indicators
    measure). Steps are tried wherever something turns on the way of the fact, and where the person stands.
    """
    __tracebackhide__ = True
    _refuse_given(crowd)
    known = _known(crowd.subject)
    if line is not None:
        limits = [(line, Fraction(str(at_most)), of, frozenset[str]())]
    else:
        made = [one for one in crowd.subject.scheme.promises if isinstance(one, p.LargestJump)]
        limits = [(one.line.text, one.at_most, one.of, frozenset(x.name.text for x in one.exceptions)) for one in made]
        if not limits:
            raise TypeError("the scheme promises no largest_jump: give line= and at_most=")
    for named, most, which, left in limits:
        if named not in {q.name for q in known.subject.checked.quantities}:
            raise ValueError(f"line={named!r}: the scheme has no such name")
        for low, high, track in _steps(known, crowd, which, left, most_worlds):
            assert low.result is not None and high.result is not None
            change = abs(_amount(low.result, named) - _amount(high.result, named))
            if change > most:
                _jumped(crowd, named, most, change, low, high, track)


def _amount(result: Result, name: str) -> Fraction:
    found = as_constant(_single(result, name))
    return Fraction(found) if isinstance(found, Fraction | bool) else Fraction(0)


def _steps(
    known: _Known, crowd: Crowd, of: str, left: frozenset[str], most_worlds: int
) -> Iterator[tuple[Stop, Stop, Track]]:  # fmt: skip
    """Pairs of worlds that are one step of one cell apart."""
    subject = known.subject
    feeds = feeds_of(subject.checked)
    work = frozenset[str]().union(*feeds.values()) if feeds else frozenset[str]()
    excepted = left | {fact for name in left for fact in feeds.get(name, ())}
    tracks: list[Track] = []
    for name, one in subject.checked.inputs.items():
        if not can_move(subject.checked, one) or name in excepted or not (of == "any" or name in work):
            continue
        words = tuple(literal.text for literal in one.definition.one_of)
        for _, table, row in _cells(subject, crowd.tables, name):
            if one.facts.type.kind is Kind.CATEGORY:
                tracks += [word_track(subject, crowd.tables, table, row, name, words)] if words else []
            else:
                track = cell_track(known.thresholds, crowd.tables, table, row, name)
                tracks += [] if track is None else [track]
    begin = _begin(crowd, len(tracks))
    for walk in _walker(known, crowd, most_worlds).walked([*tracks[begin:], *tracks[:begin]]):
        yield from ((low, high, walk.track) for low, high in walk.neighbours() if high.place - low.place == 1)


def _jumped(
    crowd: Crowd, line: str, most: Fraction, change: Fraction, low: Stop, high: Stop, track: Track
) -> None:
    __tracebackhide__ = True
    subject, fact = crowd.subject, track.fact
    key, table, row = track.mover.key, track.mover.table, track.mover.row
    worse, better = (Crowd(subject, rows_of_world(crowd.tables, one.world)) for one in (low, high))
    cells = [shown_cell(one.tables[table][row][fact]) for one in (worse, better)]
    said = in_language(
        subject.language,
        f"largest_jump: one step of `{fact}` ({cells[0]} → {cells[1]}) moves `{line}` of `{key}` by "
        f"{show_number(change)}, and {show_number(most)} at most was promised",
        f"最大跳变：`{fact}` 差一步（{cells[0]} → {cells[1]}），`{key}` 的 `{line}` 相差 {show_number(change)}，"
        f"承诺最多 {show_number(most)}",
    )
    headings = in_language(subject.language, ("before", "after"), ("之前", "之后"))
    raise AssertionError(f"{said}\n{two_worlds(worse, better, key, fact, table, row, headings)}")
