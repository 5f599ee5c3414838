"""Tables whose values run along lines at more than one key, each with the computation by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.schemes.test_right_values import codes, results


def test_points_over_points_interpolate_both_ways() -> None:
    """At (0.3, 0.5): 0.5 at the lower line, 3 at the upper one; 0.5 + 2.5 · 0.3 = 1.25, exactly."""
    text = """\
inputs: {agent: {type: key}, a: {type: number, decimals: 1, range: [-1, 2]}, b: {type: number, decimals: 1, range: [0, 1]}}
tables: {t: {keys: [a, b], points: {0: {points: {0: 0, 1: 1}}, 1: {points: {0: 1, 1: 5}}}}}
quantities: {q: "t(a, b)", third: "t(a / 3, b)"}
"""
    people = [{"agent": "A", "a": "0.3", "b": "0.5"}, {"agent": "B", "a": "-1", "b": "1"}, {"agent": "C", "a": "2", "b": "0"}]
    found = results(text, people)
    assert [found[key]["q"] for key in "ABC"] == [Decimal("1.25"), 1, 1]
    assert found["A"]["third"] == Fraction(3, 4)
    assert found["C"]["third"] == Fraction(2, 3)


def test_slices_take_their_rates_from_the_next_key() -> None:
    """Of 7.5 five are paid at the first rate and 2.5 at the second."""
    text = """\
inputs: {agent: {type: key}, m: {type: number, decimals: 1, range: [0, 20]}, kind: {type: category, one_of: [x, y]}}
tables: {t: {keys: [m, kind], slices: {0: {x: 10%, y: 20%}, 5: {x: 30%, y: 0}}}}
quantities: {q: "t(m, kind)"}
"""
    found = results(text, [{"agent": "A", "m": "7.5", "kind": "x"}, {"agent": "B", "m": "7.5", "kind": "y"}])
    assert (found["A"]["q"], found["B"]["q"]) == (Decimal("1.25"), 1)


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        ("{keys: [m, n], slices: {0: {slices: {0: 1}}, 5: {slices: {0: 2}}}}", "m, n"),
        ("{keys: [kind, m], equals: {x: {slices: {0: 1}}, y: {from: {0: 1}}}}", "kind, m"),
        ("{keys: [m, kind], points: {0: {x: a, y: b}, 5: {x: a, y: b}}}", "m, kind"),
        ("{keys: [m, kind], points: {0: {x: missing, y: 1}, 5: {x: 1, y: 2}}}", "m, kind"),
        ("{points: {0: 0, 5: 1}, else: 3}", "m"),
        ("{slices: {0: 0, 5: 1}, else: 3}", "m"),
    ],
)
def test_a_line_that_means_nothing_is_refused(table: str, keys: str) -> None:
    text = f"""\
inputs: {{agent: {{type: key}}, m: {{type: integer, range: [0, 9]}}, n: {{type: integer, range: [0, 9]}}, kind: {{type: category, one_of: [x, y]}}}}
tables: {{t: {table}}}
quantities: {{q: "known(t({keys}))"}}
"""
    assert codes(text) == {"table-lines"}
