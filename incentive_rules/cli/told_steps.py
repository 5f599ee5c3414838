"""`explain --id KEY --what-if`: what one thing different would have given this person."""

from __future__ import annotations

import json

from ..base.errors import DataError
from ..base.reports import render_problems
from ..base.text import echo, nearest
from ..base.words import comma
from ..explaining.formatting import ValueFormatter
from ..explaining.steps import outcome_line, step_as_json, told_steps
from ..lang.made_names import full_name
from ..model.data import DataRow, People
from ..model.levels import PERSON
from ..model.titles import scheme_title
from ..pipeline import Pipeline
from .console import note, out, table
from .exits import Exit
from .wording import hint, say


def heading_of_person(pipeline: Pipeline, key: str, language: str) -> str:
    """Whose result it is, of which period and scheme, and whether its numbers are examples."""
    example = f"  {say('example_status', language)}" if pipeline.scheme.status == "example" else ""
    return f"{echo(key)}  {pipeline.period}  {echo(scheme_title(pipeline.scheme, language))}{example}"


def no_such_quantity(pipeline: Pipeline, message: str, name: str, language: str) -> int:
    """Says that the scheme has no such quantity, and which one may be meant."""
    near = next(iter(nearest(name, [o.name for o in pipeline.plan.outputs], 1)), "")
    note(message + hint("did_you_mean", near, language))
    return Exit.USAGE


def tell_what_if(
    pipeline: Pipeline, people: People, row: DataRow, name: str | None, language: str, format_: str
) -> int:  # fmt: skip
    """Prints the nearest steps of a person, for net pay or for the quantity with this name or title."""
    computed = pipeline.compute(people, lang=language)
    result = computed.results[row.number]
    if result is None:
        note(render_problems(computed.problems_of_people[row.number], "text", language))
        return Exit.REJECTED
    what_ifs = pipeline.what_ifs(people, computed)
    formatter = ValueFormatter(pipeline.checked, language)
    names = [o.name for o in pipeline.plan.outputs if o.level == PERSON]
    outcome = what_ifs.outcome if name is None else _found(name, names, formatter)
    if outcome is None:
        message = say("no_quantity_of_people", language, name=echo(name or ""))
        return no_such_quantity(pipeline, message, name or "", language)
    try:
        steps = what_ifs.of(row, outcome)
    except DataError as error:
        note(str(error))
        return Exit.REJECTED
    if format_ == "json":
        told = [step_as_json(step, pipeline.checked) for step in steps]
        whole = {"key": row.key, "period": pipeline.period, "outcome": outcome, "steps": told}
        out(json.dumps(whole, ensure_ascii=False, indent=2))
        return Exit.CLEAN
    out(heading_of_person(pipeline, row.key, language))
    out()
    out(outcome_line(steps, outcome, result[outcome], formatter))
    rows = [(one.change, one.what, one.values, comma(language).join(one.through))
            for one in told_steps(steps, pipeline.checked, language)]  # fmt: skip
    for line in table(rows, (True, False, False, False), heading=False, indent=2):
        out(line)
    if steps:
        out()
        out(say("what_if_note", language))
    return Exit.CLEAN


def _found(name: str, names: list[str], formatter: ValueFormatter) -> str | None:
    titled = [other for other in names if formatter.title(other) == name]
    return next((one for one in (name, full_name(name), *titled) if one in names), None)
