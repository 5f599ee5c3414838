"""Each step of anybody in a random company is what the whole company run again gives, and no nearer one changes it."""

from __future__ import annotations

from random import Random

import pytest

import incentive_rules as ir
from incentive_rules import what_if
from incentive_rules.engine.nearby.telling import Discretion
from incentive_rules.lang.types import Kind
from incentive_rules.model.checked import Checked, CheckedInput
from incentive_rules.model.levels import PERSON
from incentive_rules.proving.work import can_move
from tests.random_schemes.companies import company
from tests.random_schemes.documents import random_document
from tests.what_if.replayed import company_of, faults_of

pytestmark = pytest.mark.filterwarnings("ignore::incentive_rules.base.errors.SchemeWarning")
SEEDS = {"fast": 3, "ci": 25, "nightly": 2_000}  # schemes of a chunk
CHUNKS = range(4)


def all_that_can_move(checked: Checked) -> tuple[CheckedInput, ...]:
    facts = (one for one in checked.inputs.values() if can_move(checked, one))
    return tuple(one for one in facts if one.facts.type.kind is not Kind.KEY)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("chunk", CHUNKS)
def test_steps_are_what_the_whole_company_run_again_gives(
    chunk: int, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every fact of everybody, whatever it tells of others: what is worked out must be right before it is kept back."""
    monkeypatch.setattr(what_if, "facts_of_work", all_that_can_move)
    monkeypatch.setattr(Discretion, "crosses", lambda self, played: [False] * played.worlds)
    monkeypatch.setattr(Discretion, "closed", lambda self, person: {})
    claimed = 0
    for number in range(SEEDS[str(pytestconfig.getoption("--profile"))]):
        seed = chunk * 100_000 + number
        claimed += steps_of_seed(seed)
    assert claimed > 0


def steps_of_seed(seed: int) -> int:
    """How many steps were claimed, and found right, in a company of a random scheme."""
    rng = Random(seed)
    accepted = random_document(Random(seed)).accepted()
    if accepted is None:
        return 0
    try:
        pipeline = ir.compile(text=accepted.text, period=accepted.period)
    except ir.SchemeError:
        return 0
    made = company_of(pipeline, company(Random(seed * 10), accepted))
    outputs = [one.name for one in pipeline.plan.outputs if one.level == PERSON]
    paid = [row for row in made.people.rows if made.computed.results[row.number] is not None]
    claimed = 0
    for row in rng.sample(paid, min(2, len(paid))):
        for outcome in dict.fromkeys(("", *rng.sample(outputs, min(2, len(outputs))))):
            if not outcome and not any(one.level == PERSON for one in pipeline.plan.outputs):
                continue
            steps = made.what_ifs.of(row, outcome)
            chosen = rng.sample(steps, min(4, len(steps)))
            faults = [*faults_of(made, row, chosen, rng, 2)]
            assert not faults, f"seed {seed}, {row.key}: {faults[0]}\n{accepted.text}"
            claimed += len(chosen)
    return claimed
