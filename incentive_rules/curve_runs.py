"""The curves of pay of a scheme: one typical person, whose indicators are moved one at a time by the engine."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import chain

from attrs import evolve, frozen

from .base.limits import DEFAULT_LIMITS, Limits
from .base.numbers import Rounding, rounded
from .checking.given_values import GIVEN_DECIMALS, decided_by_others, needed_from_others, scheme_of_one
from .compiling import compile_plan
from .crowds import crews, crowds_of_examples, tables_of_one, whole_crews
from .engine.scalar import ScalarEngine
from .lang.functions import TOTAL_NAMES
from .lang.made_names import MadeName, inner_name
from .lang.types import Kind
from .model import terms as t
from .model.checked import Checked, CheckedQuantity
from .model.curves import CurvePoint, PayCurve, PayCurves
from .model.data import ByInput
from .model.exact_values import as_constant, show_constant
from .model.levels import PERSON, levels_of
from .model.result import Result
from .model.scheme import Literal, Role, Scheme, WeightedMean
from .model.terms import Constant
from .model.verdict_text import result_word
from .played import CrowdTables, Stage, stage_for
from .proving.compared import owner_of_row
from .proving.curves import Taken, measured_step, points_of
from .proving.directions import unread_results
from .proving.graph import ReadGraph
from .proving.net import net_of
from .proving.values import raw_number, unit_of
from .proving.work import can_move, measured_of
from .reading.cells.cell import read_cell

MOST_CURVES = 40
NOWHERE = CurvePoint(Fraction(0), Fraction(0))


@frozen
class _Typical:
    """Somebody in a small population: own facts and rows, those of groups, and what came of them."""

    facts: Mapping[str, object]
    tables: Mapping[str, Sequence[Mapping[str, object]]]
    groups: Mapping[str, Sequence[Mapping[str, object]]]
    result: Result


def pay_curves(scheme: Scheme, period: str, language: str, limits: Limits = DEFAULT_LIMITS) -> PayCurves | None:
    """The curves of the line that most indicators move, for one period; None where there is none, or nobody to show."""
    stage = stage_for(scheme, period, limits)
    if stage is None:
        return None
    checked = stage.checked
    line, of_facts = _line(checked), False
    if line is None:
        line, of_facts = _result_without_pay(checked), True
    person = None if line is None else _typical(stage, line.name)
    if line is None or person is None:
        return None
    moved = (_moved_facts if of_facts else _moved_measures)(checked, line.name, person, language)
    curves = tuple(_curves(checked, line, tuple(moved)[:MOST_CURVES], person))
    who, decimals = tuple(_who(checked, person, line, language)), 2 if line.decimals is None else line.decimals
    return PayCurves(line.name, _title(line, language), who, curves, of_facts, decimals)


def _result_without_pay(checked: Checked) -> CheckedQuantity | None:
    """Of a scheme that pays nothing, the first number of a person that nothing else reads."""
    if net_of(checked) is not None:
        return None
    return next((q for q in unread_results(checked, ReadGraph(checked)) if q.facts.type.kind is Kind.NUMBER), None)


def _line(checked: Checked) -> CheckedQuantity | None:
    """The earning that most indicators move, of those that nobody else decides; else what is paid out."""
    measures = {quantity.name for quantity in _measured(checked).values()}
    graph, decided = _graph_of_one(checked), decided_by_others(checked)
    lines = [
        q for q in checked.quantities
        if q.definition.pay is not None and q.definition.pay.kind == "earning" and q.definition.role is Role.PAY
        and q.due and q.name not in decided and q.level == PERSON and measures & graph.behind(q.name)
    ]  # fmt: skip
    best = max(lines, key=lambda q: len(measures & graph.behind(q.name)), default=None)
    net = net_of(checked)
    return best if best is not None or net is None or not measures & graph.behind(net.name) else net


def _measured(checked: Checked) -> dict[str, CheckedQuantity]:
    """The numbers that indicators measure, by the names of these."""
    return {
        name: quantity for name, quantity in measured_of(checked).items()
        if quantity.facts.type.kind is Kind.NUMBER and quantity.level == PERSON
    }  # fmt: skip


def _graph_of_one(checked: Checked) -> ReadGraph:
    """What rests on what for one person, where everything that was measured, or that others decide, is given."""
    return ReadGraph(scheme_of_one(checked, None, [quantity.name for quantity in measured_of(checked).values()]))


def _typical(stage: Stage, line: str) -> _Typical | None:
    """The first person of the examples who is paid the line, of those of this period before those made after others."""
    checked = stage.checked
    key = next((one.name for one in checked.scheme.inputs if one.type == "key"), "")
    spare: _Typical | None = None
    alone = (tables_of_one(checked, one) for one in checked.scheme.examples if one.period == str(checked.period))
    others = chain(whole_crews(checked), crews(checked))
    worlds = chain(crowds_of_examples(checked), (one for one in alone if one is not None), others)
    for tables in worlds:
        results = stage.play(tables)
        for row in tables.get("", ()):
            result = results.get(str(row.get(key)))
            if result is None:
                continue
            person = _typical_of(checked, tables, row, str(row.get(key)), result)
            if _amount(result[line]) > 0:
                return person
            spare = spare or person
    return spare


def _typical_of(
    checked: Checked, tables: CrowdTables, row: Mapping[str, object], key: str, result: Result
) -> _Typical:  # fmt: skip
    column = next((one.name for one in checked.scheme.inputs if one.type == "key"), "")
    details = {
        table.name: [
            # Whose row it is goes without saying, unless it may belong to somebody else as well.
            ByInput({name: cell for name, cell in one.items() if name != column or len(table.belongs_to) > 1})
            for one in tables.get(table.name, ()) if owner_of_row(checked, tables, table.name, one) == key
        ]
        for table in checked.scheme.details
    }  # fmt: skip
    groups = {group.name: list(tables.get(group.name, ())) for group in checked.scheme.groups}
    return _Typical(row, details, groups, result)


@frozen
class _Moved:
    """What is taken through its values: `name` in a row of the engine, and how its curve is headed."""

    cell: str
    curve: PayCurve  # without points
    taken: Taken
    score: str  # the name of its score, "" where it has none
    raw: Callable[[Fraction], object]
    is_known: bool = True  # of the person; else it is tried in the middle of its range


def _curves(checked: Checked, line: CheckedQuantity, moved: Sequence[_Moved], person: _Typical) -> Iterator[PayCurve]:
    scores = [one.score for one in moved if one.score]
    play = _plays_one(checked, (line.name, *scores), {one.cell for one in moved}, person)
    if play is None:
        return
    for one in moved:

        def paid(value: Fraction, one: _Moved = one) -> tuple[Constant, Fraction] | None:
            result = play({one.cell: one.raw(value)})
            if not isinstance(result, Result):
                return None
            amount = _amount(result[line.name])
            return (as_constant(result[one.score]) if one.score else amount), amount

        now = paid(one.taken.here)
        if now is None or (one.is_known and now[1] != _amount(person.result[line.name])):
            continue  # alone nobody may be paid otherwise than among others
        points = points_of(one.taken, paid)
        if len(points) > 1:
            yield evolve(one.curve, points=points, here=CurvePoint(one.taken.here, now[1]))


def _moved_measures(checked: Checked, line: str, person: _Typical, language: str) -> Iterator[_Moved]:
    """What indicators measured, each with the score that it brings."""
    behind = _graph_of_one(checked).behind(line)
    for name, quantity in _measured(checked).items():
        here = _given(person.result[quantity.name])
        if quantity.name in behind and isinstance(here, Fraction):
            definition, step = checked.quantity(name).definition, measured_step(quantity)
            better = "" if definition.indicator is None else definition.indicator.better or ""
            title = definition.title.said(language) or name
            curve = PayCurve(name, title, _weight(checked, name), better, (), NOWHERE, step)
            taken = Taken(quantity.facts.bounds, step, here)
            yield _Moved(MadeName.GIVEN.of(quantity.name), curve, taken, name, _as_it_is)


def _moved_facts(checked: Checked, line: str, person: _Typical, language: str) -> Iterator[_Moved]:
    """The numbers of a person on which a result rests."""
    behind = ReadGraph(checked).behind(line)
    for name, one in checked.inputs.items():
        if name not in behind or one.level != PERSON or one.facts.type.kind is not Kind.NUMBER:
            continue
        here, bounds, unit = read_cell(one, person.facts.get(name)), one.facts.bounds, unit_of(one)
        is_known = here is not None
        if not is_known and bounds.low is not None and bounds.high is not None:
            here = (bounds.low + bounds.high) / 2 // unit * unit
        if isinstance(here, Fraction) and can_move(checked, one):
            curve = PayCurve(name, one.definition.title.said(language) or name, "", "", (), NOWHERE, unit)
            yield _Moved(name, curve, Taken(bounds, unit, here), "", partial(raw_number, one), is_known)


def _as_it_is(value: Fraction) -> object:
    return value


def _plays_one(
    checked: Checked, wanted: Sequence[str], moving: set[str], person: _Typical
) -> Callable[[Mapping[str, object]], object] | None:
    """Who computes the person with other cells: whatever does not rest on what moves is held fast.

    None where this still needs rows of details, or of others, beside what is given.
    """
    graph = ReadGraph(checked)
    names = {inner_name(name) if MadeName.GIVEN.is_of(name) else name for name in moving}
    fast = [
        q.name for q in checked.quantities
        if q.name in person.result and not isinstance(person.result[q.name], tuple)
        and (q.name in names or not names & graph.behind(q.name))
    ]  # fmt: skip
    one = scheme_of_one(checked, wanted, fast)
    scheme = evolve(one.scheme, details=(), selections=())
    own = {name: item for name, item in one.inputs.items() if item.level == PERSON}
    one = evolve(one, scheme=scheme, inputs=own, premises=(), levels=levels_of(scheme))
    if any(isinstance(part, t.Aggregate | t.Ranked | t.Running | t.Shared) for q in one.quantities
           for part in (*t.walk(q.term), *(() if q.condition is None else t.walk(q.condition)))):  # fmt: skip
        return None
    plan, _ = compile_plan(one)
    if plan is None or not plan.is_alone:
        return None
    engine = ScalarEngine(plan, read_cell)
    facts = {name: person.facts.get(name) for name in own}
    facts |= _facts_of_groups(person, own)
    facts |= {MadeName.GIVEN.of(name): _given(person.result[name]) for name in needed_from_others(checked, wanted, fast)
              if name in person.result}  # fmt: skip
    return lambda cells: engine.score({**facts, **cells})


def _facts_of_groups(person: _Typical, names: Collection[str]) -> dict[str, object]:
    """The facts of the groups that the person belongs to, by a key that both have."""
    found: dict[str, object] = {}
    for row in chain.from_iterable(person.groups.values()):
        if any(row[key] == person.facts[key] for key in person.facts if key in row):
            found |= {name: cell for name, cell in row.items() if name in names and name not in person.facts}
    return found


def _given(value: object) -> object:
    """A value as it is given: an exact fraction with as many decimals as an input may have."""
    found = as_constant(value)
    return rounded(found, GIVEN_DECIMALS, Rounding.HALF_UP) if isinstance(found, Fraction) else found


def _amount(value: object) -> Fraction:
    found = as_constant(value)
    return found if isinstance(found, Fraction) else Fraction(0)


def _weight(checked: Checked, name: str) -> str:
    for quantity in checked.scheme.quantities:
        if isinstance(quantity.body, WeightedMean) and quantity.role is Role.GROUP:
            for part in quantity.body.parts:
                if part.name == name and isinstance(part.weight, Literal):
                    return part.weight.text
    return ""


def _title(line: CheckedQuantity, language: str) -> str:
    if line.definition.role is Role.RESULT:
        return result_word(line.name, language)
    return line.definition.title.said(language) or line.name


def _who(checked: Checked, person: _Typical, line: CheckedQuantity, language: str) -> Iterator[tuple[str, str]]:
    """Who it is: total, grade, and what the line pays now."""
    names = [q for q in checked.quantities if q.name in TOTAL_NAMES or q.definition.role is Role.GRADE]
    for quantity in (*names[:3], line):
        value = as_constant(person.result[quantity.name]) if quantity.name in person.result else None
        if value is not None:
            shown = show_constant(value, quantity.decimals)
            yield _title(quantity, language), shown
