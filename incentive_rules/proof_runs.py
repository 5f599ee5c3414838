"""Promises proved for one period, or for every period of a scheme's life: of several the worst verdict counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import cache, partial
from importlib.util import find_spec

from attrs import evolve

from .base.limits import DEFAULT_LIMITS, Limits
from .base.periods import Period, period_at
from .base.words import both
from .checking import check_scheme
from .checking.names.period import find_period, period_findings
from .compiling import compile_plan
from .crowds import crews, full_houses, whole_crews
from .document_to_plan import Loaded
from .kept_runs import KeptPairs, replayed
from .model.checked import Checked
from .model.kept_pairs import KeptOutcome
from .model.plan import Plan
from .model.report import Report
from .model.scheme import Scheme
from .model.verdict import Directions, Measurement, ProofReport, Status, Verdict
from .played import Stage
from .proving.better import Solve
from .proving.directions import directions_of
from .proving.measures import measurements
from .proving.prove import keywords_not_promised, not_decided, verdicts_of
from .proving.reasons import NOT_SEARCHED
from .proving.solver import Question
from .proving.trials import Memory, Never, Trials

MakePlan = Callable[[], Plan | None]  # the plan of one period, made once and when it is asked for
AskSolver = Callable[[], Question | None]  # who asks the solver about this plan, the same
MOST_PERIODS = 60
PAYS_LESS = "better_never_pays_less"
EXISTING = ("everything_reachable", "every_indicator_counts")  # somebody in one period is proof
BY_KEPT = both(
    "by a kept pair of worlds, replayed by the engine and by the referee", "留存的两种情形，经引擎与复核引擎重算"
)  # fmt: skip
GRAVITY = (
    Status.REFUTED, Status.UNKNOWN, Status.INCONCLUSIVE, Status.TESTED, Status.ACCEPTED, Status.PROVED,
    Status.NOT_APPLICABLE,
)  # fmt: skip


def proved(
    document: Loaded, period: str | None, limits: Limits = DEFAULT_LIMITS, kept: KeptPairs = ()
) -> ProofReport:
    """The verdicts on a document, for a period or for all; `SchemeError` where the document has errors.

    A pair of worlds that was `kept`, and still breaks its promise, decides it before anything is searched for.
    """
    scheme = document.scheme
    asked, wrong = find_period(scheme, period) if scheme is not None and period is not None else (None, ())
    Report((*document.findings, *wrong), scheme, document.written).raise_if_errors()
    assert scheme is not None
    if scheme.holes:
        count = len(scheme.holes)
        holes = both(f"the draft rests on {count} holes", f"草案有 {count} 处待定")
        return ProofReport(scheme, (), not_decided(scheme, holes), keywords_not_promised(scheme))
    periods = (asked,) if asked is not None else periods_of(scheme)
    outcomes, wrong_pairs = replayed(scheme, kept, None if asked is None else str(asked), limits)
    Report(wrong_pairs, scheme, document.written).raise_if_errors()
    still = {outcome.promise for outcome in outcomes if outcome.found is not None}
    with_people = {example.period for example in scheme.examples if example.people} & set(map(str, periods))
    found: list[tuple[Period, tuple[Verdict, ...]]] = []
    directions: tuple[Directions, ...] = ()
    looked = refuted = any(one.pair.promise == PAYS_LESS and one.found is not None for one in outcomes)
    memory = Memory()
    measures: tuple[Measurement, ...] = ()
    for one in periods:
        checked, findings = check_scheme(scheme, one, limits)
        if checked is None:
            Report((*document.findings, *findings), scheme).raise_if_errors()
            raise AssertionError("a scheme without errors and holes is checked")
        if one == periods[0]:
            directions = directions_of(checked)
        # Trying takes time: of several periods one is tried, for a doubt the first in which there is one.
        chosen = str(one) in with_people if with_people else one == periods[0]
        doubts = not refuted and (chosen if with_people else not looked)
        exists = chosen or one == periods[-1]  # much is due at the end of a year alone
        plan = cache(partial(_plan_of, checked))
        question = _question(plan)
        trials = trials_of(checked, plan, doubts, chosen, exists, memory, question) if doubts or exists else None
        found.append((one, verdicts_of(checked, trials, _solver(question), still)))
        if trials is not None and trials.everything and not measures:
            measures = tuple(evolve(m, period=str(one)) for m in measurements(checked, trials))
        looked = looked or (trials is not None and trials.looked_at_doubts)
        refuted = refuted or any(verdict.counterexample for verdict in found[-1][1]
                                 if verdict.promise == PAYS_LESS)  # fmt: skip
    columns = zip(*(verdicts for _, verdicts in found), strict=True)
    verdicts = with_kept(tuple(_worst(column, periods) for column in columns), outcomes)
    names = tuple(str(one) for one in periods)
    return ProofReport(scheme, names, verdicts, keywords_not_promised(scheme), measures, directions=directions)


def with_kept(verdicts: tuple[Verdict, ...], outcomes: Sequence[KeptOutcome]) -> tuple[Verdict, ...]:
    """The verdicts with what became of kept pairs: REFUTED by one that still breaks its promise; else it is mended."""
    return tuple(
        verdict if verdict.status is Status.ACCEPTED
        else _with_kept(verdict, [one for one in outcomes if one.promise == verdict.place])
        for verdict in verdicts
    )  # fmt: skip


def _with_kept(verdict: Verdict, outcomes: Sequence[KeptOutcome]) -> Verdict:
    for outcome in outcomes:
        pair = outcome.pair
        if outcome.found is None:
            mended = both(f"a kept pair no longer breaks it: mended (`{pair.who}`, {pair.period})",
                          f"留存的一对已不再违背它：已改正（`{pair.who}`，{pair.period}）")  # fmt: skip
            verdict = evolve(verdict, notes=(*verdict.notes, mended))
        elif verdict.counterexample is None:
            verdict = evolve(
                verdict, status=Status.REFUTED, grounds=BY_KEPT, counterexample=outcome.found, period=pair.period
            )  # fmt: skip
    return verdict


def _plan_of(checked: Checked) -> Plan | None:
    return compile_plan(checked)[0]


def trials_of(
    checked: Checked, plan: MakePlan, doubts: bool, everything: bool, exists: bool, memory: Memory,
    question: AskSolver | None = None,
) -> Trials | None:  # fmt: skip
    """What is tried on people, by engine and then by referee; None where the scheme has no plan."""
    made = plan()
    if made is None:
        return None
    stage, whole = Stage(checked, made), tuple(whole_crews(checked))
    houses = full_houses(checked)
    return Trials(checked, stage, crews(checked), doubts, everything, exists, memory, whole, houses, _never(question))


def _question(plan: MakePlan) -> AskSolver | None:
    """Whom to ask where a solver is installed; it wants the plan when the first question comes."""
    if find_spec("z3") is None:
        return None

    @cache
    def asked() -> Question | None:
        made = plan()
        return None if made is None else Question(made)

    return asked


def _solver(asked: AskSolver | None) -> Solve | None:
    """Asks a solver whether a line can fall, or what is taken off rise."""
    if asked is None:
        return None

    def solve(line: str, rising: frozenset[str], moved: str, taken_off: bool) -> bool:
        question = asked()
        if question is None:
            return False
        ask = question.never_more if taken_off else question.never_less
        return ask(line, rising, moved)

    return solve


def _never(asked: AskSolver | None) -> Never | None:
    """Asks a solver whether nobody can have something."""
    if asked is None:
        return None

    def never(name: str, value: str | bool | None) -> bool:
        question = asked()
        return question is not None and question.never(name, value)

    return never


def periods_of(scheme: Scheme) -> tuple[Period, ...]:
    """The periods for which a scheme may be computed, at most so many: those that are left out are not named either."""
    found: list[Period] = []
    period = period_at(scheme.first_day, scheme.period_kind, scheme.year_starts)
    while period is not None and period.first_day <= scheme.last_day and len(found) < MOST_PERIODS:
        if not period_findings(scheme, period):
            found.append(period)
        period = period_at(period.last_day + timedelta(days=1), scheme.period_kind, scheme.year_starts)
    return tuple(found)


def _worst(verdicts: tuple[Verdict, ...], periods: tuple[Period, ...]) -> Verdict:
    """The gravest verdict on one promise, with its period where the others say something else.

    A period in which nobody was tried says nothing where somebody was in another.
    """
    tried = [i for i, verdict in enumerate(verdicts) if verdict.grounds != NOT_SEARCHED]
    if tried and verdicts[0].promise in EXISTING and all(v.status is not Status.REFUTED for v in verdicts):
        return verdicts[tried[-1]]  # it knows what was found in those before
    worst = min(tried or range(len(verdicts)), key=lambda i: GRAVITY.index(verdicts[i].status))
    found = verdicts[worst]
    same = all(one == found for one in verdicts)
    return found if same else evolve(found, period=str(periods[worst]))
