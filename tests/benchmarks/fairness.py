"""How long it takes to decide promises: `python tests/benchmarks/fairness.py`.

Each line is the best of some runs (`--times`), in seconds of processor time, for what else a machine does says nothing
of a verdict; beside it is what it is meant to take. Then the two pairs that are hardest to
find, the first founding scheme as it was and a cliff in a bonus, are given to plain Hypothesis, which draws the same
cells of the same people without looking where thresholds are (`--examples`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import incentive_rules as ir  # noqa: E402
from incentive_rules.base.limits import DEFAULT_LIMITS  # noqa: E402
from incentive_rules.compiling import compile_plan  # noqa: E402
from incentive_rules.document_to_plan import loaded  # noqa: E402
from incentive_rules.model.checked import Checked  # noqa: E402
from incentive_rules.proof_runs import proved, trials_of  # noqa: E402
from incentive_rules.proving.better import Doubt, lines_left_out  # noqa: E402
from incentive_rules.proving.climb import Twin  # noqa: E402
from incentive_rules.proving.directions import directions_of  # noqa: E402
from incentive_rules.proving.pairs import PairSearch  # noqa: E402
from incentive_rules.proving.prove import verdicts_of  # noqa: E402
from incentive_rules.proving.trials import Memory, Trials  # noqa: E402
from incentive_rules.proving.work import improvements_of_facts  # noqa: E402
from incentive_rules.proving.worlds import GROUND, World, rows_of_world  # noqa: E402
from tests.proving.as_it_was import first_scheme  # noqa: E402

SCHEMES = ROOT / "schemes"
CLIFF = """\
format: 1
scheme: cliff
effective: {first_day: 2026-01-01, last_day: 2026-03-31}
period: month
currency: EUR
inputs:
  id: {type: key}
  jobs: {type: integer, range: [0, 100]}
  late: {type: integer, range: [0, 100]}
indicators:
  work: {weight: 60%, better: higher, value: jobs, score: value}
  care: {weight: 40%, better: lower, value: late, score: 100 - value}
pay:
  bonus: {amount: 10 * total if jobs < 97 else 940}
principles: {p: {title: P, promises: {better_never_pays_less: all}}}
"""
EIGHTY = """\
format: 1
scheme: eighty
effective: {first_day: 2026-01-01, last_day: 2026-03-31}
period: month
currency: EUR
inputs:
  id: {type: key}
"""


def eighty() -> str:
    """A scheme of eighty indicators, each with a fact of its own."""
    inputs = "".join(f"  f{n}: {{type: integer, range: [0, 100]}}\n" for n in range(80))
    parts = "".join(f"  i{n}: {{weight: 1.25%, better: higher, value: f{n}, score: value}}\n" for n in range(80))
    rest = "pay:\n  bonus: {amount: 10 * total}\nprinciples: {p: {title: P, promises: {better_never_pays_less: all}}}\n"
    return f"{EIGHTY}{inputs}indicators:\n{parts}{rest}"


def best(times: int, work: Callable[[], object]) -> float:
    taken = []
    for _ in range(times):
        begin = process_time()
        work()
        taken.append(process_time() - begin)
    return min(taken)


def everything_of(checked: Checked) -> Trials:
    """Whoever tries everything on a scheme that was checked."""
    found = trials_of(checked, lambda: compile_plan(checked)[0], True, True, True, Memory())
    assert found is not None
    return found


def first_pair(text: str, period: str) -> Callable[[], object]:
    """Until the first pair stands, replayed by engine and referee; the scheme is compiled beforehand."""
    checked = ir.compile(text=text, period=period).checked

    def work() -> object:
        trials = everything_of(checked)
        found = next(iter(trials.paid_less([*doubts_of(trials)])), None)
        assert found is not None
        return found

    return work


def doubts_of(trials: Trials) -> Iterator[Doubt]:
    """The facts of work that have a direction."""
    promise = next(one for one in trials.checked.scheme.promises if one.keyword == "better_never_pays_less")
    for one in improvements_of_facts(trials.checked):
        if one.sign in ("+", "-"):
            yield Doubt(one, frozenset(lines_left_out(trials.checked, promise, one)))  # type: ignore[arg-type]


def lines(times: int) -> Iterator[tuple[str, float, float]]:
    """What is measured, the seconds, and what it is meant to take at the most."""
    for name, period in (("service_engineer_1", "2026-Q2"), ("service_engineer_2_zh", "2026-04")):
        checked = ir.compile(SCHEMES / f"{name}.yaml", period=period).checked
        yield f"{name}: directions", best(times, lambda checked=checked: verdicts_of(checked)), 0.15  # type: ignore[misc]
    checked = ir.compile(SCHEMES / "hvbp_fy2024.yaml", period="2024").checked
    yield "hvbp_fy2024: directions", best(times, lambda: directions_of(checked)), 0.3
    many = ir.compile(text=eighty(), period="2026-01").checked
    yield "80 indicators: directions", best(times, lambda: verdicts_of(many)), 0.5
    for name, period in (("service_engineer_1", "2026-Q2"), ("service_engineer_2_zh", "2026-04")):
        checked = ir.compile(SCHEMES / f"{name}.yaml", period=period).checked
        taken = best(times, lambda checked=checked: verdicts_of(checked, everything_of(checked)))  # type: ignore[misc]
        yield f"{name}: all verdicts, no solver", taken, 3
    for name, period in (("service_engineer_1", "2026-Q2"), ("service_engineer_2_zh", "2026-04")):
        document = loaded(SCHEMES / f"{name}.yaml", None, DEFAULT_LIMITS)
        taken = best(times, lambda d=document, p=period: proved(d, p))  # type: ignore[misc]
        yield f"{name}: with solver and measures", taken, 8
    yield "a pair of one person: a cliff", best(times, first_pair(CLIFF, "2026-01")), 1
    yield "a pair among others: the first scheme as it was", best(times, first_pair(first_scheme(), "2026-Q2")), 5


def speed() -> str:
    """How many worlds of three people a second, together and one by one."""
    checked = ir.compile(SCHEMES / "service_engineer_1.yaml", period="2026-Q2").checked
    trials = everything_of(checked)
    assert trials.tables is not None
    ground = trials.stage.ground(trials.tables)
    assert ground is not None
    begin = perf_counter()
    ground.play([World({("", 0, "training_hours"): n % 200}) for n in range(5000)])
    together = 5000 / (perf_counter() - begin)
    begin = perf_counter()
    for _ in range(10):
        trials.stage.play(rows_of_world(trials.tables, GROUND))
    alone = 10 / (perf_counter() - begin)
    return f"{together:,.0f} worlds a second together, {alone:,.0f} one by one: {together / alone:,.0f} times as many"


def by_hypothesis(text: str, period: str, examples: int) -> str:
    """Random cells of the same people, and one fact better: whether a pair that pays less is met, and when."""
    from hypothesis import HealthCheck, Phase, find, settings
    from hypothesis import strategies as st
    from hypothesis.errors import NoSuchExample

    trials = everything_of(ir.compile(text=text, period=period).checked)
    doubts = [*doubts_of(trials)]
    space = trials.space()
    assert space is not None
    search = PairSearch(trials.checked, space, [GROUND])
    names = frozenset(name for (_, name) in {(one.level, one.name) for one in trials.checked.inputs.values()})
    cells = [cell for cell in space.cells(names, (0, 1)) if space.values(cell)]

    @st.composite
    def pairs(draw: st.DrawFn) -> tuple[Doubt, Twin]:
        doubt = draw(st.sampled_from(doubts))
        fact = doubt.improvement.move.name
        moved = [cell for cell in cells if cell[2] == fact and space.whose(cell[0], cell[1]) == 0]
        cell = draw(st.sampled_from(moved or cells))
        world = {one: drawn(draw, space.input_of(one)) for one in draw(st.lists(st.sampled_from(cells), max_size=12))}
        values = [drawn(draw, space.input_of(cell)) for _ in range(2)]
        if not isinstance(values[0], str):
            values.sort(reverse=doubt.improvement.sign == "-")
        return doubt, Twin(World(world), ((cell, values[0], values[1]),))

    def drawn(draw: st.DrawFn, one: object) -> object:
        from incentive_rules.lang.types import Kind
        from incentive_rules.model.checked import CheckedInput
        from incentive_rules.proving.values import raw_number, unit_of, word_cells

        assert isinstance(one, CheckedInput)
        kind, low, high = one.facts.type.kind, one.facts.bounds.low, one.facts.bounds.high
        if kind is Kind.BOOLEAN:
            return draw(st.booleans())
        if kind is Kind.NUMBER and low is not None and high is not None:
            unit = unit_of(one)
            return raw_number(one, draw(st.integers(int(low / unit), int(high / unit))) * unit)
        if kind is Kind.CATEGORY:
            return draw(st.sampled_from(word_cells(one)))
        if kind is Kind.DATE:
            return draw(st.dates())
        return draw(st.datetimes()).replace(second=0, microsecond=0)

    tried = 0

    def pays_less(pair: tuple[Doubt, Twin]) -> bool:
        nonlocal tried
        tried += 1
        doubt, twin = pair
        return bool(search.loss_of(doubt, [twin])[0] > 0)

    begin = perf_counter()
    options = settings(max_examples=examples, database=None, deadline=None, derandomize=True,
                       suppress_health_check=list(HealthCheck), phases=[Phase.generate])  # fmt: skip
    try:
        find(pairs(), pays_less, settings=options)
    except NoSuchExample:
        return f"not found in {tried:,} pairs, {perf_counter() - begin:.1f} s"
    return f"found after {tried:,} pairs, {perf_counter() - begin:.1f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--examples", type=int, default=3000)
    chosen = parser.parse_args()
    print(f"{'':52}{'seconds':>9}{'meant':>8}{'ratio':>8}")
    for what, seconds, meant in lines(chosen.times):
        print(f"{what:52}{seconds:9.3f}{meant:8.2f}{seconds / meant:8.2f}", flush=True)
    print(speed(), flush=True)
    rivals = (("a cliff", CLIFF, "2026-01"), ("the first scheme as it was", first_scheme(), "2026-Q2"))
    for name, text, period in rivals:
        print(f"plain Hypothesis, {name}: {by_hypothesis(text, period, chosen.examples)}", flush=True)


if __name__ == "__main__":
    main()
