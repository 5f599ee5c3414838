"""The curves of pay of a scheme: one typical person, whose indicators are moved one at a time by the engine."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain

from attrs import evolve, frozen

from .base.limits import DEFAULT_LIMITS, Limits
from .base.numbers import Rounding, rounded
from .checking import check_scheme
from .checking.given_values import GIVEN_DECIMALS, decided_by_others, needed_from_others, scheme_of_one
from .checking.names.period import find_period
from .compiling import compile_plan
from .crowds import crews, crowds_of_examples, tables_of_one
from .engine.scalar import ScalarEngine
from .lang.functions import TOTAL_NAMES
from .lang.made_names import MadeName
from .lang.types import Kind
from .model import terms as t
from .model.checked import Checked, CheckedQuantity
from .model.curves import CurvePoint, PayCurve, PayCurves
from .model.data import ByInput
from .model.exact_values import as_constant, show_constant
from .model.levels import PERSON, levels_of
from .model.plan import Plan
from .model.result import Result
from .model.scheme import Literal, Role, Scheme, WeightedMean
from .model.terms import Constant
from .model.verdict_text import result_word
from .played import CrowdTables, Stage
from .proving.compared import owner_of_row
from .proving.curves import measured_step, points_of
from .proving.graph import ReadGraph
from .proving.net import net_of
from .proving.work import measured_of
from .reading.cells.cell import read_cell

MOST_CURVES = 40


@frozen
class _Typical:
    """Somebody in a small population: own facts and rows, those of groups, and what came of them."""

    facts: Mapping[str, object]
    tables: Mapping[str, Sequence[Mapping[str, object]]]
    groups: Mapping[str, Sequence[Mapping[str, object]]]
    result: Result


def pay_curves(scheme: Scheme, period: str, language: str, limits: Limits = DEFAULT_LIMITS) -> PayCurves | None:
    """The curves of the line that most indicators move, for one period; None where there is none, or nobody to show."""
    found, wrong = find_period(scheme, period)
    checked, _ = check_scheme(scheme, None if wrong else found, limits)
    plan = None if checked is None else compile_plan(checked)[0]
    if checked is None or plan is None:
        return None
    line = _line(checked)
    if line is None:
        return None
    person = _typical(checked, plan, line.name)
    if person is None:
        return None
    curves = tuple(_curves(checked, line, person))
    return PayCurves(line.name, _title(line, language), tuple(_who(checked, person, line, language)), curves)


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


def _typical(checked: Checked, plan: Plan, line: str) -> _Typical | None:
    """The first person of the examples who is paid the line, of those of this period before those made after others."""
    stage = Stage(checked, plan)
    key = next((one.name for one in checked.scheme.inputs if one.type == "key"), "")
    spare: _Typical | None = None
    alone = (tables_of_one(checked, one) for one in checked.scheme.examples if one.period == str(checked.period))
    worlds = chain(crowds_of_examples(checked), (one for one in alone if one is not None), crews(checked))
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


def _curves(checked: Checked, line: CheckedQuantity, person: _Typical) -> Iterator[PayCurve]:
    measured, graph = _measured(checked), _graph_of_one(checked)
    moved = {name: quantity for name, quantity in measured.items() if quantity.name in graph.behind(line.name)}
    score = _scores_one(checked, line.name, moved, person)
    if score is None:
        return
    for name, quantity in list(moved.items())[:MOST_CURVES]:
        here = _given(person.result[quantity.name])
        if not isinstance(here, Fraction):
            continue

        def paid(value: Fraction, name: str = name, moves: str = quantity.name) -> tuple[Constant, Fraction] | None:
            result = score(moves, value)
            return (as_constant(result[name]), _amount(result[line.name])) if isinstance(result, Result) else None

        now = paid(here)
        if now is None or now[1] != _amount(person.result[line.name]):
            continue  # alone nobody may be paid otherwise than among others
        points = points_of(quantity, here, paid)
        if len(points) > 1:
            definition = checked.quantity(name).definition
            better = "" if definition.indicator is None else definition.indicator.better or ""
            yield PayCurve(
                name, definition.title or name, _weight(checked, name), better, points, CurvePoint(here, now[1]),
                measured_step(quantity),
            )  # fmt: skip


def _scores_one(
    checked: Checked, line: str, moved: Mapping[str, CheckedQuantity], person: _Typical
) -> Callable[[str, Fraction], object] | None:
    """Who computes the person where one name has another value: whatever does not rest on a measure is held fast.

    None where the line still needs rows of details, or of others, beside what is given.
    """
    measures = {quantity.name for quantity in moved.values()}
    graph = ReadGraph(checked)
    fast = [
        q.name for q in checked.quantities
        if q.name in person.result and not isinstance(person.result[q.name], tuple)
        and (q.name in measures or not measures & graph.behind(q.name))
    ]  # fmt: skip
    wanted = (line, *moved)
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

    def score(moves: str, value: Fraction) -> object:
        return engine.score({**facts, MadeName.GIVEN.of(moves): value})

    return score


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
    return line.definition.title or line.name


def _who(checked: Checked, person: _Typical, line: CheckedQuantity, language: str) -> Iterator[tuple[str, str]]:
    """Who it is: total, grade, and what the line pays now."""
    names = [q for q in checked.quantities if q.name in TOTAL_NAMES or q.definition.role is Role.GRADE]
    for quantity in (*names[:3], line):
        value = as_constant(person.result[quantity.name]) if quantity.name in person.result else None
        if value is not None:
            shown = show_constant(value, quantity.decimals)
            yield _title(quantity, language), shown
