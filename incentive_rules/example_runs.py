"""Runs a scheme's own examples, each through an engine and the referee: one person, or several at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from .base.diagnostics import Diagnostic
from .base.reports import message_of
from .base.stacks import on_its_own_stack
from .batch import BatchEngine, Hearing
from .document_to_plan import CompiledScheme, Diagnostics
from .engine.summary import Computed
from .examples.expectations import judge_example
from .examples.facts import ExampleData, ExampleRow, example_data, group_rows, lacking_finding, refused_by
from .explaining.explain import explain
from .model.checked import Checked
from .model.data import DataTable
from .model.exact_values import show_constant
from .model.report import ExampleOutcome
from .model.result import Result
from .model.scheme import Example
from .model.trace import Judgement
from .reading.cells.cell import read_cell
from .reading.earlier import raw_cell
from .reading.people import gather
from .reading.sources.mappings import read_mappings
from .reading.tables.links import can_be_made
from .reading.tables.used import names_read
from .recomputing.differences import differences
from .single import OnePerson


@on_its_own_stack
def tried(example: Example, ready: CompiledScheme | None, findings: Diagnostics, language: str) -> ExampleOutcome:
    """The outcome of an example; without a scheme that is ready, `findings` are the reasons."""
    if ready is None:
        reason = "; ".join(message_of(d, language) for d in findings)
        params = {"example": example.name, "reason": reason}
        variant = "draft" if any(d.code == "tbd-open" for d in findings) else ""
        return ExampleOutcome(example.name, (Diagnostic("example-period", example.place, params, variant),))
    if example.people:
        return _several(example, ready, language)
    return _alone(example, ready, language)


def _alone(example: Example, ready: CompiledScheme, language: str) -> ExampleOutcome:
    """Runs an example of one person; of the values of others only those that an expected name depends on are needed."""
    one = OnePerson(ready.checked, ready.plan, [fact.name for fact in example.expect])
    brought = {fact.name for fact in example.facts if fact.rows is not None}
    from_groups = frozenset(
        i.name for table in ready.checked.scheme.groups if table.name in brought for i in table.inputs
    )
    given = example_data(example, one.checked, read_cell, raw_cell, language, names_read(one.checked), from_groups)
    rows, wrong = group_rows(example, ready.checked, read_cell, raw_cell, language, names_read(ready.checked))
    findings = (*one.findings, *lacking_finding(example, one.needed), *given.findings, *wrong)
    if findings:
        return ExampleOutcome(example.name, findings)
    facts, tables = given.people[0], given.tables
    groups = {name: [_table(name, found)] for name, found in rows.items()}
    problems = one.problems_with(facts, tables, groups)
    if problems:
        return ExampleOutcome(example.name, refused_by(example, problems, language))
    judgement = one.judge(facts, tables, groups=groups)
    found = None if judgement.broken else one.score(facts, tables, groups=groups)
    if isinstance(found, tuple):
        return ExampleOutcome(example.name, refused_by(example, found, language))
    wrong, trace = _judged(example, one.checked, found, judgement, language)
    return ExampleOutcome(example.name, wrong, trace)


def _several(example: Example, ready: CompiledScheme, language: str) -> ExampleOutcome:
    """Runs an example of several people, each with the expected results."""
    checked = ready.checked
    given = example_data(example, checked, read_cell, raw_cell, language, names_read(checked))
    if given.findings:
        return ExampleOutcome(example.name, given.findings)
    people, problems = gather(checked, [_table("", given.people)], _further(checked, given))
    if people is None:
        return ExampleOutcome(example.name, refused_by(example, problems, language))
    computed = BatchEngine(checked, ready.plan).compute(people)
    refused = (*computed.problems, *people.orphans) if isinstance(computed, Computed) else computed
    if refused or not isinstance(computed, Computed):
        return ExampleOutcome(example.name, refused_by(example, refused, language))
    hearing = Hearing(checked, ready.plan, people, computed)
    findings: list[Diagnostic] = []
    traces = []
    for one, (row, result, _) in zip(example.people, computed.outcomes, strict=True):
        named = evolve(example, name=f"{example.name} · {one.key}", expect=one.expect, place=one.place)
        wrong, trace = _judged(named, checked, result, hearing.judge(row), language)
        findings += wrong
        traces += [f"{one.key}\n{trace}"] if trace else []
    return ExampleOutcome(example.name, tuple(findings), "\n\n".join(traces))


def _judged(
    example: Example, checked: Checked, result: Result | None, judgement: Judgement, language: str
) -> tuple[Diagnostics, str]:
    """The differences from what is expected, and how the values in them came about."""
    dissents = () if result is None else tuple(_dissents(example, result, judgement))
    wrong = judge_example(example, checked, judgement, dissents)
    names = [d.params["name"] for d in wrong if "name" in d.params]
    known = {line.name for line in judgement.trace}
    traced = [name for name in dict.fromkeys(names) if name in known]
    return wrong, str(explain(checked, judgement.trace, traced, language)) if traced else ""


def _dissents(example: Example, result: Result, judgement: Judgement) -> Iterator[Diagnostic]:
    """The names on which the engine and the referee differ."""
    for one in differences(result, judgement):
        ours, theirs = show_constant(one.ours), show_constant(one.theirs)
        params = {"name": one.label, "value": ours, "expected": theirs, "who": example.name}
        yield Diagnostic("engines-differ", example.place, params)


# ── Rows of several people, as tables ─────────────────────────────────────────────────────────────


def _table(name: str, rows: Sequence[ExampleRow]) -> DataTable:
    """The rows as a table, under the names of the inputs."""
    table, _ = read_mappings(rows, name)
    return DataTable(name, (), (), ()) if table is None else table


def _further(checked: Checked, given: ExampleData) -> Mapping[str, list[DataTable]]:
    """The tables of details and groups; one that is not given is empty, unless it is made from rows below it."""
    found = {name: [_table(name, rows)] for name, rows in given.tables.items()}
    for name in tuple(_absent(checked, found)):
        found[name] = [DataTable(name, (), (), ())]
    return found


def _absent(checked: Checked, found: Mapping[str, object]) -> Iterator[str]:
    for table in checked.scheme.details:
        if table.name not in found and not table.recorded:
            below = [d.name for d in checked.scheme.details if (table.name,) in checked.levels[d.name,].owners]
            if not (can_be_made(checked, (table.name,)) and any(name in found for name in below)):
                yield table.name
