"""How much is read before we stop: every bound on an author's text, in one place.

The defaults are far above any scheme on paper and far below what hurts the process that reads it.
Bounds on people and rows of details belong to the scheme itself (its section `limits`).
"""

from __future__ import annotations

from attrs import frozen


@frozen
class Limits:
    """The bounds of one reading. Each error that meets one names it and its value.

    The counts leave room for a scheme of 2,000 written names and a `repeat` of twenty measures with
    fifty names each, which is more than the largest pay plan that we know of.
    """

    file_bytes: int = 1 << 20
    yaml_depth: int = 32
    yaml_nodes: int = 50_000
    text_chars: int = 10_000  # one text of the document
    formula_chars: int = 2_000
    formula_nodes: int = 1_000
    formula_depth: int = 50  # brackets, and the tree with chains such as a + b + c flattened
    formula_chain: int = 150  # the same tree with each term of a chain counted
    number_digits: int = 34  # the width of decimal128; of a number in a formula
    names: int = 10_000  # of all kinds, after `repeat` is expanded
    repeat_members: int = 200  # of one `repeat`
    repeat_names: int = 5_000  # that one `repeat` expands to
    inputs: int = 2_000  # after `repeat` is expanded
    rules: int = 2_000  # quantities, indicators and pay lines, as written
    parts: int = 100_000  # of all formulas, functions and formulas over members written out
    errors: int = 50  # shown; then "and N more"
    message_chars: int = 1_000
    echo_chars: int = 60  # of an author's text, repeated in a message


DEFAULT_LIMITS = Limits()
