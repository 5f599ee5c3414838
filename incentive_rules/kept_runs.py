"""Counterexamples that are kept beside a scheme: read, held against the scheme as it is now, and replayed.

Both engines play both worlds again. A pair that breaks its promise no longer is mended.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import evolve

from .base.diagnostics import Diagnostic
from .base.limits import DEFAULT_LIMITS, Limits
from .base.places import Place
from .base.problems import Problem
from .base.reports import message_of
from .base.text import nearest
from .base.words import both
from .checking.names.period import find_period
from .document_to_plan import Diagnostics
from .lang.keywords import BLOCKS
from .lang.types import Kind
from .loading.kept_pairs import load_kept
from .model.checked import CheckedInput
from .model.data import ByInput
from .model.kept_pairs import ENDING, REPLAYED, KeptCell, KeptOutcome, KeptPair, KeptWorld
from .model.levels import PERSON, Level
from .model.scheme import Scheme
from .played import CrowdTables, Stage, stage_for
from .proving.kept import broken_again
from .reading.cells.cell import read_cell
from .reading.earlier import raw_cell
from .reading.sources.files import read_scheme

KeptPairs = tuple[KeptPair, ...]


def kept_file(scheme: str | Path) -> Path:
    """The file of counterexamples that belongs to a scheme: `team.counterexamples.yaml` beside `team.yaml`."""
    path = Path(scheme)
    return path.with_name(path.stem + ENDING)


def read_kept(scheme: str | Path, limits: Limits = DEFAULT_LIMITS) -> tuple[KeptPairs, Diagnostics]:
    """The pairs kept beside a scheme, none where there is no such file; and what is wrong with it."""
    path = kept_file(scheme)
    if not path.exists():
        return (), ()
    data, problem = read_scheme(path, limits.file_bytes)
    return load_kept(data, path.name, limits) if data is not None else ((), () if problem is None else (problem,))


def replayed(
    scheme: Scheme, pairs: Sequence[KeptPair], period: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> tuple[tuple[KeptOutcome, ...], Diagnostics]:
    """What became of each pair, of those of one period where one is asked; and what is wrong with them."""
    outcomes: list[KeptOutcome] = []
    findings: list[Diagnostic] = []
    stages: dict[str, Stage | None] = {}
    for pair in pairs:
        found = [*_not_meant(scheme, pair)]
        findings += found
        if found or (period is not None and pair.period != period):
            continue
        if pair.period not in stages:
            stages[pair.period] = stage_for(scheme, pair.period, limits)
        stage = stages[pair.period]
        if stage is None:
            continue
        replay = _Replay(stage, pair)
        outcome = replay.outcome()
        findings += replay.findings
        outcomes += [] if outcome is None else [outcome]
    return tuple(outcomes), tuple(findings)


def _not_meant(scheme: Scheme, pair: KeptPair) -> Iterator[Diagnostic]:
    """Where a pair speaks of a promise or a period that the scheme does not have."""
    word = both(pair.promise, BLOCKS["promises"].by_key[pair.promise].chinese)
    if pair.promise not in REPLAYED:
        yield Diagnostic("kept-promise", pair.place, {"promise_word": word}, "not_replayed")
    elif all(promise.keyword != pair.promise for promise in scheme.promises):
        yield Diagnostic("kept-promise", pair.place, {"promise_word": word}, "not_made")
    if find_period(scheme, pair.period)[1]:
        yield Diagnostic("kept-shape", pair.place, {"text": pair.period}, "period")


class _Replay:
    """One pair played again; gathers what is wrong with it."""

    def __init__(self, stage: Stage, pair: KeptPair) -> None:
        self.stage, self.checked, self.pair = stage, stage.checked, pair
        self.language = self.checked.scheme.language or "en"
        self.findings: list[Diagnostic] = []

    def outcome(self) -> KeptOutcome | None:
        """What became of the pair; None where something is wrong with it."""
        pair = self.pair
        if pair.one == pair.other:
            self.report("kept-shape", pair.place, "same")
        worlds = self.tables(pair.one), self.tables(pair.other)
        key = next((one.name for one in self.checked.scheme.inputs if one.type == "key"), "")
        if not all(any(row.get(key) == pair.who for row in world.get("", ())) for world in worlds):
            self.report("kept-name", pair.place, "who", name=pair.who)
        if not self.findings:
            self.findings += [self.refused(problem, pair.one) for problem in self.stage.refusals(worlds[0])]
            self.findings += [self.refused(problem, pair.other) for problem in self.stage.refusals(worlds[1])]
        if self.findings:
            self.findings = list(dict.fromkeys(self.findings))
            return None
        promises = [one for one in self.checked.scheme.promises if one.keyword == pair.promise]
        for promise in promises:
            found = broken_again(self.checked, promise, pair.who, *worlds, self.stage.play)
            if found is not None and all(self.stage.agrees(world, pair.who) for world in worlds):
                return KeptOutcome(pair, found, promise.place)
        return KeptOutcome(pair, None, promises[0].place)

    def report(self, code: str, place: Place, variant: str = "", **params: str) -> None:
        self.findings.append(Diagnostic(code, place, params, variant))

    def refused(self, problem: Problem, world: KeptWorld) -> Diagnostic:
        rows = world.get(problem.table, ())
        there = problem.row is not None and problem.row <= len(rows)
        place = rows[(problem.row or 1) - 1].place if there else self.pair.place
        return Diagnostic("kept-row", place, {"reason": message_of(problem, self.language)})

    # ── Tables ───────────────────────────────────────────────────────────────────────────────────

    def tables(self, world: KeptWorld) -> CrowdTables:
        scheme = self.checked.scheme
        levels: dict[str, Level] = {"": PERSON} | {table.name: (table.name,) for table in scheme.details}
        levels |= {group.name: (group.key,) for group in scheme.groups}
        found: dict[str, list[ByInput]] = {}
        for table, rows in world.items():
            if table not in levels:
                near = "".join(nearest(table, levels, 1))
                variant = "table_near" if near else "table"
                self.report("kept-name", self.pair.tables[table], variant, name=table, near=near)
                continue
            inputs = {one.name: one for one in self.checked.inputs.values() if one.level == levels[table]}
            known = {*inputs, *self.keys(table)}
            found[table] = [
                ByInput({cell.name: self.cell(cell, inputs, known, table) for cell in row.cells}) for row in rows
            ]
        return found

    def keys(self, table: str) -> set[str]:
        """The columns by which rows of a table are told apart, and find their owners."""
        scheme = self.checked.scheme
        details = {one.name: one for one in scheme.details}
        keys = {one.name for one in scheme.inputs if one.type == "key"}
        keys |= {group.key for group in scheme.groups if group.name == table}
        if table in details:
            keys |= set(details[table].key)
            for owner in details[table].belongs_to:
                keys |= self.keys(owner) if owner in details else {owner}
        return keys

    def cell(self, cell: KeptCell, inputs: dict[str, CheckedInput], known: set[str], table: str) -> object:
        if cell.name not in known:
            near = "".join(nearest(cell.name, known, 1))
            of = f"`{table}`" if table else both("people", "人员")
            self.report("kept-name", cell.place, "near" if near else "", name=cell.name, near=near, table_word=of)
            return None
        item = inputs.get(cell.name)
        if item is None or not cell.text:
            return cell.text or None
        value = read_cell(_plainly(item), cell.text)
        if isinstance(value, Problem):
            self.report("kept-row", cell.place, reason=message_of(value, self.language))
            return None
        return raw_cell(item, value)


def _plainly(item: CheckedInput) -> CheckedInput:
    """An input whose cells are written as this library writes them, whatever orders and suffixes its files have."""
    says = evolve(item.definition, suffix="", missing_texts=(), written="")
    if item.facts.type.kind is Kind.BOOLEAN:
        says = evolve(says, texts=())
    return evolve(item, definition=says)
