"""Decimals of frames are read as they lie in memory, and exact quotients are written in lowest terms."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import incentive_rules as ir
from incentive_rules.framing.typed import of_slot
from incentive_rules.lang.types import Kind
from incentive_rules.model.result import Slot
from incentive_rules.model.result_columns import RawColumn
from incentive_rules.model.scheme import Role
from tests.framing.test_frames_in import NUMBERS


def test_decimals_are_counted_as_they_lie_in_memory() -> None:
    """More and fewer decimals than the input has, beyond 64 bits, slices, and what is out of range or too fine."""
    import polars
    import pyarrow

    text = NUMBERS.replace("also: x + x", "also: x + x, third: x / 3")
    text = text.replace("x: {type: number, range: [-99999999999999999999, 99999999999999999999]",
                        "x: {type: number, range: [-1000000000000000, 1000000000000000]")  # fmt: skip
    ready = ir.compile(text=text, period="2026-04")
    texts = ("0", "1.5", "-1.5", "0.001", "-99999999.999", "123456789012345.125", "7", "7")
    numbers = [Decimal(one) for one in texts]

    def frames(cells: list[Decimal], scale: int) -> list[Any]:
        kept = pyarrow.array(cells, pyarrow.decimal128(38, scale))
        longer = pyarrow.concat_arrays([kept[:1], kept])
        table = {"k": [f"k{n}" for n in range(len(cells))], "n": [1] * len(cells)}
        arrow = pyarrow.table({**table, "x": longer[1:]})
        series = polars.Series("x", cells, polars.Decimal(38, scale))
        return [arrow, polars.DataFrame(table).with_columns(series), arrow.to_pandas(types_mapper=_arrow_type)]

    for scale in (3, 9):
        for frame in frames(numbers, scale):
            run = ready.run(frame)
            assert [one["also"] for one in run.results] == [2 * one for one in numbers]
            assert [one["third"] for one in run.results] == [Fraction(one) / 3 for one in numbers]
    for wrong, code in (("0.0001", "data-decimals"), ("1E+20", "data-range"), ("1000000000000001", "data-range")):
        for frame in frames([*numbers, Decimal(wrong)], 9):
            run = ready.run(frame, on_error="quarantine")
            assert [(q.row, q.problem.code) for q in run.quarantined] == [(len(numbers) + 1, code)]
    with_gaps = ready.run(polars.DataFrame({"k": ["a", "b"], "n": [1, 1], "x": [Decimal("1.5"), None]}))
    assert [one["also"] for one in with_gaps.results] == [3, ir.MISSING]


def test_a_decimal_that_means_missing_is_missing() -> None:
    import polars

    text = NUMBERS.replace("decimals: 3, can_be", "decimals: 3, missing_texts: ['-9'], can_be")
    frame = polars.DataFrame({"k": ["a", "b"], "n": [1, 1], "x": [Decimal("-9.00"), Decimal("9.00")]})
    run = ir.compile(text=text, period="2026-04").run(frame)
    assert [one["also"] for one in run.results] == [ir.MISSING, 18]


def _arrow_type(kind: Any) -> Any:
    import pandas

    return pandas.ArrowDtype(kind)


def test_exact_quotients_are_texts_in_lowest_terms() -> None:
    import numpy as np

    random.seed(5)
    for most in (3, 40, 10**6, 10**9, 2**40, 10**15):  # dense, sparse, and too wide for 64 bits
        above = [random.randint(-most, most) for _ in range(200)] + [0, 1, -1]
        below = [[random.choice([-1, 1]) * random.randint(1, most) for _ in above] for _ in range(2)]
        raw = [RawColumn(np.array(one, np.int64)) for one in (above, *below)]
        slot = Slot(Kind.NUMBER, False, None, 0, 100, (1, 2), None, Role.QUANTITY)
        column = of_slot("x", slot, raw, np.ones(len(above), bool))
        exact = [Fraction(a, 100 * b * c) for a, b, c in zip(above, *below, strict=True)]
        assert [Fraction(text) for text in column.values()] == exact
        assert all(text in (str(one), _digits(one)) for text, one in zip(column.values(), exact, strict=True))


def _digits(value: Fraction) -> str:
    text = f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
