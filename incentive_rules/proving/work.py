"""What counts as work, and in which direction it is better.

A fact is work where what some indicator measures reads it, itself or through rows of details; one that reaches an
indicator only through a name of the person is not, unless the indicator reads such names alone. It is better in the
direction on which all indicators that read it agree; where they do not, or measure something near a target, it has
none. Words are ordered by the scores they bring.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import permutations

from attrs import frozen

from ..base.places import Place
from ..lang.types import Kind
from ..model import terms as t
from ..model.checked import Checked, CheckedInput, CheckedQuantity
from ..model.levels import PERSON
from ..model.scheme import Role
from . import reasons
from .calculus import Calculus, meant_direction
from .direction import FLIPPED, Blame, Sign, joined_signs
from .graph import ReadGraph
from .move import Move

MOST_WORDS = 12


@frozen
class Improvement:
    """One way to do better: `name` moves by `sign` (of words, from the first of the move to the second).

    `blame` is there where nobody knows which way is better, or why what it feeds cannot be followed.
    """

    name: str
    move: Move
    sign: Sign
    place: Place
    indicators: tuple[str, ...]
    blame: tuple[Blame, ...] = ()


def measured_of(checked: Checked) -> dict[str, CheckedQuantity]:
    """What each indicator measures, by the indicator's name."""
    found = [q for q in checked.quantities if q.definition.role is Role.MEASURED and q.due]
    return {q.name.removeprefix("value(").removesuffix(")"): q for q in found}


def measures_of(indicators: Iterable[str]) -> list[str]:
    """The names of what these indicators measure."""
    return [f"value({name})" for name in indicators]


def improvements_of_indicators(checked: Checked, graph: ReadGraph | None = None) -> Iterator[Improvement]:
    """Each indicator alone: what it measured is better, by a number or by the next better word."""
    measured = measured_of(checked)
    graph = graph or ReadGraph(checked)
    for name, quantity in measured.items():
        place = quantity.definition.place
        if quantity.facts.type.kind is Kind.CATEGORY:
            words = sorted(quantity.facts.type.values or ())
            yield from _word_steps(checked, quantity.name, True, words, [name], place, graph)
            continue
        sign = meant_direction(checked, quantity, "+")
        yield Improvement(name, Move(quantity.name, measured=True), sign, place, (name,))


def improvements_of_facts(checked: Checked, graph: ReadGraph | None = None) -> Iterator[Improvement]:
    """Each fact of work, in its better direction."""
    feeds = feeds_of(checked)
    graph = graph or ReadGraph(checked)
    for name, one in checked.inputs.items():
        indicators = [indicator for indicator, facts in feeds.items() if name in facts]
        if not indicators or not can_move(checked, one):
            continue
        if one.facts.type.kind in (Kind.CATEGORY, Kind.KEY):
            words = [literal.text for literal in one.definition.one_of]
            yield from _word_steps(checked, name, False, words, indicators, one.definition.place, graph)
        else:
            move = Move(name, one.level)
            sign, blame = _agreed(checked, move, indicators, graph)
            yield Improvement(name, move, sign, one.definition.place, tuple(indicators), blame)


def feeds_of(checked: Checked) -> dict[str, set[str]]:
    """The facts that each indicator measures: those it reads, and those of the detail rows it reads.

    One that reads plain names of the person alone measures what these read: else nothing would be work. What reads
    another indicator is followed through that one.
    """
    quantities = {q.name: q for q in checked.quantities}
    found: dict[str, set[str]] = {}
    for name, quantity in measured_of(checked).items():
        facts, names = _read_directly(quantity, quantities)
        seen = {quantity.name}
        while names and not any(can_move(checked, checked.inputs[one]) for one in facts if one in checked.inputs):
            if any(quantities[one].definition.role is not Role.QUANTITY for one in names):
                break
            seen |= names
            further = [_read_directly(quantities[one], quantities) for one in sorted(names)]
            facts = facts.union(*(read for read, _ in further))
            names = set().union(*(through for _, through in further)) - seen
        found[name] = facts
    return found


def _read_directly(quantity: CheckedQuantity, quantities: Mapping[str, CheckedQuantity]) -> tuple[set[str], set[str]]:
    """The facts that a quantity reads, itself or through rows and groups; and the names of the person that it reads."""
    facts: set[str] = set()
    names: set[str] = set()
    pending, seen = [quantity], {quantity.name}
    while pending:
        top = pending.pop()
        for term in (top.term, *(() if top.condition is None else (top.condition,))):
            for part in t.walk(term):
                if not isinstance(part, t.Read):
                    continue
                behind = quantities.get(part.name)
                if behind is None:
                    facts.add(part.name)
                elif behind.level == PERSON:
                    names.add(part.name)
                elif part.name not in seen:
                    seen.add(part.name)
                    pending.append(behind)
    return facts, names


def facts_excepted(checked: Checked, names: Collection[str]) -> set[str]:
    """The facts that exceptions of these names take out: themselves, or with all indicators that they feed."""
    feeds = feeds_of(checked)
    of_facts = {fact: {name for name, facts in feeds.items() if fact in facts} for fact in checked.inputs}
    return {fact for fact, fed in of_facts.items() if fact in names or (fed and fed <= set(names))}


def can_move(checked: Checked, one: CheckedInput) -> bool:
    """Whether a fact is somebody's, and says nothing about which rows there are or to whom they belong."""
    levels, definition = checked.levels, one.definition
    somebodys = one.level == PERSON or (levels[one.level].sort == "details" and PERSON in levels.above(one.level))
    ours = one.name.startswith(("group(", "current(", "recorded("))
    if not somebodys or ours or definition.carried_from is not None or definition.type == "key":
        return False
    table = next((table for table in checked.scheme.details if (table.name,) == one.level), None)
    links = () if table is None else (*table.key, *table.belongs_to)
    return one.name not in links and not makes_groups(checked, one.name)


def makes_groups(checked: Checked, name: str) -> bool:
    """Whether something stands at the level of the groups that a category makes, or comes together there."""
    level = (name,)
    if level not in checked.levels:
        return False
    below = any(level in one.owners and one.sort == "group" for one in checked.levels.collections.values())
    homes = [q.level for q in checked.quantities] + [i.level for i in checked.inputs.values()]
    lives = level in (*homes, *(premise.level for premise in checked.premises))
    terms = [term for q in checked.quantities for term in (q.term, q.condition) if term is not None]
    terms += [premise.term for premise in checked.premises]
    return below or lives or any(level in _levels_of(part) for term in terms for part in t.walk(term))


def _levels_of(term: t.Term) -> tuple[object, ...]:
    match term:
        case t.Aggregate(source=source, level=level):
            return (source, level)
        case t.Ranked(source=source, group=level) | t.Running(source=source, group=level):
            return (source, level)
        case t.Shared(source=source, group=level):
            return (source, level)
        case _:
            return ()


def _agreed(
    checked: Checked, move: Move, indicators: list[str], graph: ReadGraph
) -> tuple[Sign, tuple[Blame, ...]]:  # fmt: skip
    """The direction in which all these indicators are better, ? where there is none; and what hides it."""
    calculus = Calculus(checked, move, known_in_both=measures_of(indicators), graph=graph)
    measured = measured_of(checked)
    signs: list[Sign] = []
    blame: list[Blame] = []
    for name in indicators:
        quantity = measured[name]
        if quantity.facts.type.kind is Kind.CATEGORY:
            found, meant = calculus.name(name), "+"
        else:
            found, meant = calculus.name(quantity.name), meant_direction(checked, quantity, "+")
        if found.sign == "?":
            blame += found.blame
            continue
        signs.append("?" if meant == "?" and found.sign != "0" else FLIPPED[found.sign] if meant == "-" else found.sign)
    return joined_signs(signs), tuple(blame)


def _word_steps(
    checked: Checked, name: str, measured: bool, words: list[str], indicators: list[str], place: Place,
    graph: ReadGraph,
) -> Iterator[Improvement]:  # fmt: skip
    """From each word to each that is better; where that is open, and among words without number, it is blamed."""
    level = PERSON if measured else checked.inputs[name].level
    shown = name.removeprefix("value(").removesuffix(")")
    if len(words) == 1:
        return
    if not words or len(words) > MOST_WORDS:
        many = Blame(shown, place, reasons.MANY_WORDS)
        yield Improvement(shown, Move(name, level, measured), "?", place, tuple(indicators), (many,))
        return
    found: list[Improvement] = []
    unsure: Improvement | None = None
    for pair in permutations(words, 2):
        move = Move(name, level, measured, pair)
        sign, blame = _agreed(checked, move, indicators, graph)
        if sign == "?" or blame:
            unsure = Improvement(shown, move, "?", place, tuple(indicators), blame)
        elif sign in ("+", "0"):
            found.append(Improvement(shown, move, "+", place, tuple(indicators)))
    yield from found
    if unsure is not None:
        yield unsure
