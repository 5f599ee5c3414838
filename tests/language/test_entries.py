"""Each function, aggregate, kind of pay line and rounding is one entry that every stage knows: the entries are walked.

Who adds one is told here what is missing: a spelling, an example that checks, a line of the reference, the steps that
compute it, the referee's own meaning, words in an explanation.
"""

from __future__ import annotations

import itertools
import random
from fractions import Fraction
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.base.numbers import Rounding, rounded
from incentive_rules.compiling.aggregates import LOWERINGS
from incentive_rules.explaining.words import phrase
from incentive_rules.judging.aggregate_calls import AGGREGATES as RULES
from incentive_rules.judging.aggregate_calls import COMMON
from incentive_rules.judging.functions import FUNCTIONS
from incentive_rules.judging.numbers import round_to
from incentive_rules.judging.quantities import RESULTS as SUMS
from incentive_rules.lang.aggregates import AGGREGATES, AggregateFunction, Gives, Takes
from incentive_rules.lang.functions import ROW_FUNCTIONS, VALUE, RowFunction
from incentive_rules.lang.keywords.words import ROUNDING
from incentive_rules.lang.parser import parse
from incentive_rules.lang.pay import NET, PAY_KINDS, PayKind, kinds_in
from incentive_rules.lang.printer import printed

REFERENCE_FOLDER = Path(__file__).parents[2] / "docs" / "reference"
REFERENCE = (REFERENCE_FOLDER / "functions.md").read_text("utf-8")
IN_THE_EVALUATOR = {"known", "coalesce", "served"}  # what is missing, and the period, are no values
SCHEME = """\
format: 1
scheme: examples
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
inputs:
  who: {type: key}
  total: {type: integer, range: [0, 9]}
  hired: {type: date, range: [2000-01-01, 2026-12-31]}
  left: {type: date, range: [2000-01-01, 2026-12-31]}
details:
  rounds:
    belongs_to: who
    inputs:
      day: {type: date}
      reopened: {type: boolean}
      on_time: {type: boolean}
      rating: {type: integer, range: [1, 5], can_be_missing: true}
      opened: {type: time}
      resolved: {type: time}
      amount: {type: money, decimals: 2, range: [0, 99]}
      NUMBERS
quantities:
  q: {is: 'FORMULA', decimals: exact}
"""
NUMBERS = (
    "order_points", "score", "hours", "measured", "workload_target", "complaints", "actual", "target", "plan",
    "waiting", "balance", "solved", "reported",
)  # fmt: skip
ENTRIES: tuple[RowFunction | AggregateFunction, ...] = (*ROW_FUNCTIONS, *AGGREGATES)


def scheme(formula: str) -> str:
    numbers = "\n      ".join(f"{name}: {{type: integer, range: [1, 9]}}" for name in NUMBERS)
    for word in VALUE:  # what an indicator measures is no name here
        formula = formula.replace(word, "measured")
    flag = formula.startswith(("known", "已知", "day_of", "所在日"))
    text = SCHEME.replace(", decimals: exact", "") if flag else SCHEME
    return text.replace("NUMBERS", numbers).replace("FORMULA", formula)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda one: one.name)
def test_an_entry_has_two_spellings_and_a_line_of_the_reference(entry: RowFunction | AggregateFunction) -> None:
    assert entry.name.isascii() and not entry.chinese.isascii()
    assert f"| `{entry.name}` | `{entry.chinese}` |" in REFERENCE
    assert entry.meaning_en in REFERENCE and entry.meaning_zh in REFERENCE


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda one: one.name)
def test_its_example_is_sound_in_both_languages(entry: RowFunction | AggregateFunction) -> None:
    tree, faults = parse(entry.example)
    assert tree is not None and not faults
    for language in ("en", "zh"):
        report = ir.check(text=scheme(printed(tree, language)))
        assert report.ok, str(report)


@pytest.mark.parametrize("entry", ROW_FUNCTIONS, ids=lambda one: one.name)
def test_the_referee_knows_a_function_by_itself(entry: RowFunction) -> None:
    assert (entry.name in FUNCTIONS) is not (entry.name in IN_THE_EVALUATOR)


@pytest.mark.parametrize("entry", AGGREGATES, ids=lambda one: one.name)
def test_the_referee_knows_an_aggregate_by_itself(entry: AggregateFunction) -> None:
    rule = RULES[entry.name]
    assert COMMON | rule.more == set(entry.options)
    assert (rule.least, rule.most) == (entry.least, entry.most)
    assert (rule.of_flags, rule.of_others) == (entry.of_conditions, entry.of_others)
    assert rule.of_each_row is entry.of_each_row
    assert (rule.of_none == 0) is entry.zero_of_none


@pytest.mark.parametrize("entry", AGGREGATES, ids=lambda one: one.name)
def test_an_aggregate_is_computed_wherever_it_may_stand(entry: AggregateFunction) -> None:
    """`latest`, `rank` and `running` are steps of the plan themselves."""
    own_step = entry.is_ordered or entry.gives is Gives.PLACE
    assert (entry.name in LOWERINGS) is not own_step
    assert own_step or (LOWERINGS[entry.name].of_members is not None) is entry.of_members


@pytest.mark.parametrize("entry", AGGREGATES, ids=lambda one: one.name)
def test_an_explanation_calls_it_by_its_name(entry: AggregateFunction) -> None:
    tree, _ = parse(entry.example)
    assert tree is not None
    pipeline = ir.compile(text=scheme(printed(tree)), period="2026-04")
    row: dict[str, object] = {"day": "2026-04-01", "reopened": True, "on_time": False, "rating": 3, "amount": 1}
    row |= {"opened": "2026-04-01 09:00", "resolved": "2026-04-01 10:00", **dict.fromkeys(NUMBERS, 2)}
    people = [{"who": who, "total": 1, "hired": "2020-01-01", "left": "2026-12-31"} for who in ("A", "B")]
    rows = [{"who": "A", **row}, {"who": "A", **row, "day": "2026-04-02"}]
    run = pipeline.run(people, {"rounds": rows}, referee="all")
    name = {"en": f"{entry.name}: ", "zh": f"{entry.chinese}："}
    for language, word in name.items():
        assert word in str(run.results[0].explain(language, name="q"))


@pytest.mark.parametrize("entry", [one for one in AGGREGATES if RULES[one.name].made_of], ids=lambda one: one.name)
def test_it_moves_with_its_values_as_the_entry_says(entry: AggregateFunction) -> None:
    made_of, chance = RULES[entry.name].made_of, random.Random(entry.name)
    assert made_of is not None
    if entry.takes in (Takes.ROWS, Takes.CONDITION):
        cases = [tuple(flags) for count in (1, 2, 3) for flags in itertools.product((False, True), repeat=count)]
        grown = [(case, (True, *case[1:])) for case in cases]
    else:
        values = [tuple(Fraction(chance.randint(-9, 9), 2) for _ in range(chance.randint(1, 4))) for _ in range(99)]
        grown = [(case, (case[0] + chance.randint(1, 9), *case[1:])) for case in values]
    falls = any(after < before for before, after in ((made_of(one), made_of(other)) for one, other in grown))
    assert falls is (entry.direction != "up")


def test_values_between_others_lie_there_and_shares_between_0_and_1() -> None:
    """What an entry gives is what its bounds are made of."""
    chance = random.Random(7)
    for entry in AGGREGATES:
        made_of = RULES[entry.name].made_of
        for _ in range(50 if made_of is not None else 0):
            assert made_of is not None
            flags = tuple(chance.random() < 0.5 for _ in range(chance.randint(1, 5)))
            values = tuple(Fraction(chance.randint(-9, 9)) for _ in flags)
            found = made_of(flags if entry.of_conditions else values)
            assert isinstance(found, Fraction)
            match entry.gives:
                case Gives.COUNT:
                    assert 0 <= found <= len(flags) and found.denominator == 1
                case Gives.SHARE:
                    assert 0 <= found <= 1
                case Gives.VALUE:
                    assert min(values) <= found <= max(values)
                case Gives.TOTAL:
                    assert len(values) * min(0, *values) <= found <= len(values) * max(0, *values)
                case Gives.SQUARE:
                    assert 0 <= found <= (max(values) - min(values)) ** 2 / 4


# ── Kinds of pay line ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", PAY_KINDS, ids=lambda one: one.name)
def test_a_kind_of_pay_line_is_a_word_with_a_sum_that_the_referee_knows(kind: PayKind) -> None:
    keywords = (REFERENCE_FOLDER / "keywords.md").read_text("utf-8")
    for word in (f"`{kind.name}`", f"`{kind.chinese}`", kind.meaning_en, kind.meaning_zh):
        assert word in keywords
    assert f"| `{kind.total}` | `{kind.total_chinese}` |" in REFERENCE
    for result in (kind.total, kind.total_chinese, *NET):
        added, taken = SUMS[result]
        kinds = kinds_in(result)
        assert sorted((*added, *taken)) == sorted(one.name for one in kinds)
        assert set(taken) == {one.name for one in kinds if one.sign < 0 and len(kinds) > 1}


def test_what_is_paid_out_adds_and_takes_off_by_sign() -> None:
    lines = "\n".join(f"  {one.name}_line: {{kind: {one.name}, amount: 1{n}.00}}" for n, one in enumerate(PAY_KINDS))
    head = "format: 1\nscheme: kinds\neffective: {first_day: 2026-01-01, last_day: 2026-12-31}\nperiod: month\n"
    text = f"{head}currency: EUR\ninputs: {{who: {{type: key}}}}\npay:\n{lines}\n"
    result = ir.compile(text=text, period="2026-04").run([{"who": "A"}], referee="all").results[0]
    assert [result[one.total] for one in PAY_KINDS] == [10 + n for n, _ in enumerate(PAY_KINDS)]
    assert result[NET[0]] == sum(one.sign * (10 + n) for n, one in enumerate(PAY_KINDS))


# ── Roundings ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("mode", Rounding)
def test_a_rounding_is_a_word_that_the_engine_and_the_referee_know(mode: Rounding) -> None:
    (word,) = (one for one in ROUNDING.words if one.english == mode)
    assert word.meaning_en in (REFERENCE_FOLDER / "keywords.md").read_text("utf-8")
    assert [phrase(mode, language) for language in ("en", "zh")] == list(word.in_sentences)
    for numerator in range(-9, 10):
        value = Fraction(numerator, 4)
        assert rounded(value, 0, mode) == round_to(value, 0, mode)
