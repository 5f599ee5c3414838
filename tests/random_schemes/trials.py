"""One random scheme on some random companies: the engine, the referee, and who else is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from random import Random

from attrs import field, mutable

import incentive_rules as ir
from incentive_rules.engine.summary import Computed
from incentive_rules.judging import case
from incentive_rules.loading import load
from incentive_rules.recomputing.differences import differences
from tests.random_schemes.author import Accepted
from tests.random_schemes.companies import Tables, company, shown
from tests.random_schemes.coverage import Coverage
from tests.random_schemes.documents import random_document
from tests.random_schemes.third_opinion import differing, opinion
from tests.third.judge import Judged

GROUPS = ("teams", "projects")


@mutable
class Tally:
    """What was tried: how many schemes and people, and every fault with all that is needed to see it again."""

    coverage: Coverage = field(factory=Coverage)
    schemes: int = 0
    companies: int = 0
    people: int = 0
    refused: int = 0
    left_out: int = 0
    compared: int = 0  # values of the third evaluator
    unknown: Counter[str] = field(factory=Counter)  # what it does not know
    faults: list[str] = field(factory=list)

    def __str__(self) -> str:
        return (
            f"{self.schemes} accepted schemes ({self.left_out} entries left out), {self.companies} companies, "
            f"{self.people} people computed and {self.refused} refused, {self.compared} values compared with a third opinion, "
            f"{sum(self.unknown.values())} unknown to it: {len(self.faults)} faults"
        )


@contextmanager
def watched(coverage: Coverage) -> Iterator[None]:
    """The referee notes in `coverage` what it meets."""
    before = case.Evaluator
    case.Evaluator = coverage.watching()  # type: ignore[misc]
    try:
        yield
    finally:
        case.Evaluator = before  # type: ignore[misc]


def tried(seed: int, tally: Tally, companies: int = 2) -> None:
    """Try the scheme of a seed on its companies; what is wrong joins the faults."""
    accepted = random_document(Random(seed)).accepted()
    if accepted is None:
        return
    pipeline = _compiled(f"seed {seed}", accepted, accepted.period, tally)
    for number in range(companies if pipeline is not None else 0):
        assert pipeline is not None
        tables = company(Random(seed * 10 + number), accepted)
        _company(f"seed {seed}, company {number}", accepted, pipeline, tables, tally)


def tried_in_time(seed: int, tally: Tally, folder: Path) -> None:
    """Try a scheme that reads earlier periods: three months, each with the records of those before it."""
    accepted = random_document(Random(seed), history=True).accepted()
    history: list[Path] = []
    judged: list[tuple[str, dict[str, dict[str, object]]]] = []
    for month in ("2024-01", "2024-02", "2024-03") if accepted is not None else ():
        assert accepted is not None
        where = f"seed {seed} with history, {month}"
        pipeline = _compiled(where, accepted, month, tally)
        if pipeline is None:
            return
        tables = company(Random(seed), accepted)  # the same people, the same facts
        third = _company(where, accepted, pipeline, tables, tally, history, judged)
        groups, details = _further(tables)
        try:
            run = pipeline.run(tables[""], details, groups=groups, history=history, on_error="quarantine")
            folder.mkdir(exist_ok=True)
            run.save(folder / month)
        except ir.DataError:
            return  # somebody who was refused has no record, and the next month says so
        history.append(folder / month)
        if third is not None:
            judged.append((month, third.people))


def _compiled(where: str, accepted: Accepted, period: str, tally: Tally) -> ir.Pipeline | None:
    """The scheme made ready; only a number that is too wide may be refused after the check."""
    try:
        pipeline = ir.compile(text=accepted.text, period=period)
    except ir.SchemeError as error:
        if period == accepted.period:
            tally.faults.append(f"{where}: accepted and not compiled: {error}")
        return None
    tally.schemes += 1
    tally.left_out += accepted.dropped
    scheme, _ = load(accepted.text, "random")
    assert scheme is not None
    tally.coverage.read(accepted, scheme)
    return pipeline


def _further(tables: Tables) -> tuple[Tables, Tables]:
    """The tables of groups, and those of details."""
    groups = {name: rows for name, rows in tables.items() if name in GROUPS}
    return groups, {name: rows for name, rows in tables.items() if name and name not in GROUPS}


def _company(
    where: str, accepted: Accepted, pipeline: ir.Pipeline, tables: Tables, tally: Tally, history: Sequence[Path] = (),
    judged: Sequence[tuple[str, dict[str, dict[str, object]]]] = (),
) -> Judged | None:  # fmt: skip
    tally.coverage.look(accepted, tables)
    groups, details = _further(tables)
    try:
        people = pipeline.people(tables[""], details, groups, history=history)
        computed = pipeline.compute(people)
    except ir.DataError as error:
        if not history or any(problem.code.startswith("data-") for problem in error.problems):
            tally.faults.append(f"{where}: {error}\n{shown(tables)}")
        return None
    except Exception as error:
        tally.faults.append(f"{where}: it cannot be computed: {type(error).__name__} {error}\n{accepted.text}\n{shown(tables)}")
        return None
    tally.companies += 1
    _outcomes(computed, tally.coverage)
    try:
        with watched(tally.coverage):
            hearing = pipeline.hearing(people, computed)
            for row, result, _ in computed.outcomes:
                if result is None:
                    tally.refused += 1
                    continue
                tally.people += 1
                judgement = hearing.judge(row)
                wrong = [*differences(result, judgement)][:3]
                if wrong or judgement.outside:
                    tally.faults.append(f"{where}, {row.key}: {wrong} outside {judgement.outside}")
    except Exception as error:
        tally.faults.append(f"{where}: the referee fails: {type(error).__name__} {error}")
    if len(judged) < len(history):
        return None
    return _third(f"{where} ({pipeline.period})", accepted, pipeline, tables, computed, tally, judged)


def _outcomes(computed: Computed, coverage: Coverage) -> None:
    met = coverage.met
    for honor in computed.honors:
        met["outcome", "honour: nobody eligible"] += honor.eligible == 0
        met["outcome", "honour: empty places"] += honor.empty > 0
        met["outcome", "honour: all tied"] += honor.eligible > 1 and len(honor.chosen) not in (honor.places, honor.eligible - 1)
    for pool in computed.pools:
        met["outcome", "pool: nobody has a share"] += pool.state == "nobody"
        met["outcome", "pool: condition not met"] += pool.state == "condition_not_met"
        met["outcome", "pool: something remains"] += pool.remainder > 0
        met["outcome", "pool: paid out"] += pool.amount > 0 and pool.remainder == 0
    for _, result, _ in computed.outcomes:
        if result is not None and result.in_scope:
            states = {line.state for line in result.lines.values()}
            met["outcome", "pay: not this period"] += "not_this_period" in states
            met["outcome", "pay: condition not met"] += "condition_not_met" in states
            amounts = [value for name, value in result.items() if name in result.lines and isinstance(value, Decimal)]
            met["outcome", "pay: negative amount"] += any(amount < 0 for amount in amounts)
            for name in ("grade", "total"):
                met["outcome", f"{name}: missing"] += name in result and result[name] is ir.MISSING


def _third(
    where: str, accepted: Accepted, pipeline: ir.Pipeline, tables: Tables, computed: Computed, tally: Tally,
    judged: Sequence[tuple[str, dict[str, dict[str, object]]]],
) -> Judged | None:  # fmt: skip
    """Ask the third evaluator, and note where it differs."""
    try:
        third = opinion(accepted.text, str(pipeline.period), tables, judged, tally.unknown)
        faults = []
        for count, wrong in differing(computed, third) if third is not None else ():
            tally.compared += count
            faults += [wrong] if wrong else []
    except Exception as error:
        third, faults = None, [f"the third evaluator fails: {type(error).__name__} {error}"]
    if faults:
        tally.faults.append(f"{where}: {faults[0]}\n{accepted.text}\n{shown(tables)}")
    return third
