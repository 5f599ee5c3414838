"""A recorded run done again from its folder alone, and compared byte by byte."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from .base.errors import DataError, SchemeError
from .base.problems import Problem, Problems
from .base.reports import message_of, render_problems
from .base.version import VERSION
from .model.data import DataTable
from .model.record import Record, Replay, SchemeFile
from .model.run import Run
from .pipeline import Pipeline, compile_bytes
from .reading.sources.files import read_bytes
from .recorded_runs import RunRecorder
from .recording.canonical_json import BrokenRecord
from .recording.compare import differences_from
from .recording.read import load_record as read_folder
from .recording.rerun_inputs import Inputs, InputTable, read_inputs
from .recording.verify import Changed, Verified, problem_of, verified

# What computes runs had other names in records, and came to the same amounts.
EARLIER_ENGINES = frozenset({"lists", "scalar"})


def read_record(folder: str | Path, *, lang: str = "en") -> Record:
    """The record in a folder, every byte verified; `DataError` where one changed, or where it is none."""
    record, problems = read_folder(folder)
    if record is None:
        raise DataError(render_problems(problems, "text", lang), problems)
    return record


def replay(folder: str | Path, *, referee: bool = False, lang: str = "en") -> Replay:
    """The run of a record done again from its folder alone: scheme, data and history as they were.

    With `referee` everybody is computed by the second engine too. `DataError` where the record is not as it was
    written.
    """
    record = read_record(folder, lang=lang)
    found, problem = verified(folder)
    inputs = None
    if found is not None:
        try:
            inputs = read_inputs(found)
        except (Changed, BrokenRecord, OSError) as error:
            problem = problem_of(error, record.name)
    if found is None or inputs is None:
        problems = () if problem is None else (problem,)
        raise DataError(render_problems(problems, "text", lang), problems)
    m, notes = found.manifest, list[Problem]()
    if m.library != VERSION:
        notes.append(Problem("replay-release", {"recorded": m.library, "value": VERSION}, table=record.name))
    try:
        pipeline = compile_bytes(SchemeFile(m.scheme_name, inputs.scheme), m.period.text)
        run = _again(pipeline, inputs)
    except (SchemeError, DataError) as error:
        return Replay(record, (_refused(error, m.library, lang),), tuple(notes))
    if run.fingerprint != m.meaning:
        params = {"recorded": m.meaning[:12], "value": run.fingerprint[:12]}
        notes.append(Problem("replay-release", params, "meaning", table=record.name))
    try:
        wrong = _differences(found, inputs, run)
    except (Changed, BrokenRecord, OSError) as error:
        problems = (problem_of(error, record.name),)
        raise DataError(render_problems(problems, "text", lang), problems) from error
    if wrong or not referee:
        return Replay(record, wrong, tuple(notes))
    return Replay(record, _by_referee(pipeline, run), tuple(notes), len(run))


def _again(pipeline: Pipeline, inputs: Inputs) -> Run:
    """The run of a record's own data, with the history that it had."""
    further: dict[str, list[DataTable]] = {}
    for one in inputs.tables:
        further.setdefault(one.table, []).append(_table(one))
    people = pipeline.people(further.pop("", None), further, history=inputs.history)
    return pipeline.run(people, on_error="quarantine", referee=0)


def _table(one: InputTable) -> DataTable:
    if one.rows is not None:
        return one.rows
    table, problems = read_bytes(one.content, one.name, one.encoding)
    if table is None:
        raise DataError(render_problems(problems), problems)
    return table


def _differences(found: Verified, inputs: Inputs, run: Run) -> Problems:
    assert isinstance(run.recorder, RunRecorder)
    keeper = run.recorder.keeper
    correction, problems = (None, ()) if inputs.paid is None else keeper.beyond(run, inputs.paid)
    m = found.manifest
    if m.library != VERSION:  # what another release says of itself is noted, and is no difference
        run = evolve(run, fingerprint=m.meaning)
        keeper = evolve(keeper, maker=evolve(keeper.maker, library=m.library, semantics=m.semantics, engine=m.engine))
    elif m.engine in EARLIER_ENGINES:
        keeper = evolve(keeper, maker=evolve(keeper.maker, engine=m.engine))
    return problems or differences_from(found, *keeper.files(run, correction))


def _by_referee(pipeline: Pipeline, run: Run) -> Problems:
    """The first difference of the results from what the second engine finds of everybody."""
    assert isinstance(run.recorder, RunRecorder)
    people = run.recorder.keeper.people
    opinion = pipeline.second_opinion(people, pipeline.compute(people), "all")
    return () if opinion is None else tuple(dissent.problem for dissent in opinion.dissents[:1])


def _refused(error: SchemeError | DataError, library: str, lang: str) -> Problem:
    findings = error.diagnostics if isinstance(error, SchemeError) else error.problems
    reason = message_of(findings[0], lang) if findings else type(error).__name__
    return Problem("replay-differs", {"library": library, "reason": reason}, "refused")
