"""The parser keeps its promises on any text: it answers, quickly, with a place, and never raises."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive_rules.base.codes import CODES
from incentive_rules.lang.faults import Fault
from incentive_rules.lang.nodes import Expression
from incentive_rules.lang.parser import parse
from incentive_rules.lang.printer import printed
from incentive_rules.lang.python_text import python_text
from tests.pace import seconds

WORDS = "x 客户满意度 and or not in if else 且 或 非 属于 不属于 是 否 缺失 value"
CALLS = "min( sum( IF( over= where= AND None lambda is _x"
MARKS = "[ ] ( ) , = == != < <= > >= + - * / ** “ ” ‘ ≥ × ， （ ） ％ ３ # \\ & | ! ~ ^ // ; : . ? @ $ ¥ { }"
OTHERS = "2 5% 0.5 16 007 1,000 1e5 'A' \"B\" ｘ ſ é e\u0301 \u0430 \u200b \u202e"
PIECES = st.sampled_from([*WORDS.split(), *CALLS.split(), *MARKS.split(), *OTHERS.split(), "\n", "\u3000", "\r"])


def promised(text: str) -> tuple[Expression | None, tuple[Fault, ...]]:
    """`parse`, and what it promises of every answer."""
    expression, faults = parse(text)
    assert (expression is None) == bool(faults)
    for fault in faults:
        assert 0 <= fault.start <= fault.end <= len(text)
        code = CODES[fault.code]
        for language in ("en", "zh"):
            wording = code.wording(language, fault.variant)
            message = wording.message.format_map(dict(fault.params)) + wording.help.format_map(dict(fault.params))
            assert len(message) < 1000
            assert message.isprintable()
    if expression is not None:
        python_text(text)
    return expression, faults


@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    promised(text)


@given(st.lists(PIECES, max_size=25), st.sampled_from(["", " "]))
def test_any_sequence_of_words_is_answered(pieces: list[str], between: str) -> None:
    promised(between.join(pieces))


@given(st.lists(PIECES, max_size=12))
def test_mechanical_mends_do_what_they_say(pieces: list[str]) -> None:
    """Applying every offered replacement removes those faults; at most a few rounds are needed."""
    text = " ".join(pieces)
    for _ in range(60):
        faults = [f for f in parse(text)[1] if f.replacement is not None]
        if not faults:
            return
        assert all(a.end <= b.start for a, b in pairwise(sorted(faults, key=lambda f: f.start))), "mends overlap"
        for fault in sorted(faults, key=lambda f: -f.start):
            text = text[: fault.start] + str(fault.replacement) + text[fault.end :]
    raise AssertionError(text)


# ── Limits ───────────────────────────────────────────────────────────────────────────────────────

WITHIN = {
    "32 brackets": "(" * 32 + "7" + ")" * 32,
    "50 brackets": "(" * 50 + "7" + ")" * 50,
    "32 ors": " or ".join(["false"] * 32),
    "24 conditionals": "".join(f"{n} if x >= {n} else " for n in range(24, 0, -1)) + "0",
    "12 calls": "abs(" * 12 + "-7" + ")" * 12,
    "100 terms": "+".join(["1"] * 100),
    "100 factors": " * ".join(["x"] * 100),
    "30 arguments": f"min({', '.join(map(str, range(30)))})",
    "34 digits": "1234567890123456789012345678901234",
    "2,000 characters": "x" + " " * 1998 + "\n",
}
BEYOND = {
    "formula-long": "1" + " " * 1_000_000 + "+ 1",
    "formula-large": f"max({'-1,' * 600}1)",
    "formula-deep": "(" * 51 + "7" + ")" * 51,
    "formula-number": "12345678901234567890123456789012345",
}
DEEP = {
    "brackets": "(" * 900 + "7" + ")" * 900,
    "unclosed calls": "f(" * 900,
    "signs": "-" * 1900 + "1",
    "plus signs": "+" * 1900 + "1",
    "nots": "not " * 450 + "true",
    "conditionals": "1 if x else " * 120 + "0",
    "conditions": "1 if (" * 200 + "x" + ") else 0" * 200,
    "lists": "f(order=[" * 100 + "1" + "])" * 100,
    "mixed": "(a or b and not c == d + e * -" * 60,
    "terms": "+".join(["x"] * 151),
    "terms of terms": "+".join(["(" * 40 + "+".join(["x"] * 100) + ")" * 40] + ["x"] * 60),
    "memberships": "x in [1] in " * 100 + "[1]",
}


@pytest.mark.parametrize("text", WITHIN.values(), ids=WITHIN)
def test_ordinary_sizes_pass(text: str) -> None:
    expression, faults = promised(text)
    assert expression is not None, faults


@pytest.mark.parametrize("code", BEYOND)
def test_beyond_a_limit_the_error_names_it(code: str) -> None:
    assert [f.code for f in promised(BEYOND[code])[1]] == [code]


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_depth_is_refused_before_it_hurts(text: str) -> None:
    assert promised(text)[1]


def test_limits_are_arguments() -> None:
    assert parse("1 + 1", length=4)[1][0].code == "formula-long"
    assert parse("1 + 1", nodes=2)[1][0].code == "formula-large"
    assert parse("((1))", depth=1)[1][0].code == "formula-deep"
    assert parse("1 + 1 + 1", chain=2)[1][0].variant == "chain"
    assert parse("123", digits=2)[1][0].variant == "long"


def under(frames: int, work: Callable[[], None]) -> None:
    if frames:
        under(frames - 1, work)
    else:
        work()


@pytest.mark.parametrize("text", [*WITHIN.values(), *BEYOND.values(), *DEEP.values()])
def test_a_caller_700_frames_deep_gets_the_same_answer(text: str) -> None:
    """A web framework's stack is already deep; nothing here may add more than about two hundred frames."""
    wanted = parse(text)
    answers: list[object] = []
    depth, frame = 0, sys._getframe()
    while frame is not None:
        depth, frame = depth + 1, frame.f_back  # type: ignore[assignment]

    def work() -> None:
        tree, faults = parse(text)
        answers.append((tree, faults))
        if tree is not None:
            answers.append(printed(tree))

    under(max(0, 700 - depth), work)
    assert answers[0] == wanted


REPEATED = ("x + ", "(", "f(", "-", "not ", "1 if x else ", "'a' ", "客户 ", "1,", "x in [1", "“", "１", "é")


@pytest.mark.parametrize("unit", REPEATED)
def test_the_longest_texts_are_quick(unit: str) -> None:
    """The largest text of each kind, in a fraction of a second even on a busy machine."""
    text = (unit * 2000)[:2000]
    start = time.process_time()
    parse(text)
    took = time.process_time() - start
    assert took < 1 or took < seconds(1)


def test_several_marks_are_reported_together_and_other_faults_alone() -> None:
    """All marks of one slip with the input method are mended in one go; no fault causes another."""
    assert [f.replacement for f in parse("取小（１，实际值 ÷ 2）≥ 3")[1]] == ["(", "1", ",", "/", ")", ">="]
    codes = [f.code for f in parse("等级 == “优秀” && 1e5 + (")[1]]
    assert codes == ["formula-mark", "formula-mark", "formula-operator"]


def test_faults_are_values() -> None:
    first, second = parse("x &&")[1], parse("x &&")[1]
    assert first == second
    assert hash(first) == hash(second)
