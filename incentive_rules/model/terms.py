"""The meaning of a formula: typed terms, with every name, table and function resolved.

Checking makes them from the syntax (`lang.nodes`), compiling lowers them to a plan, proving reasons
about them. Functions are inlined, table constants are exact numbers of the period, `repeat` families
are spelled out. Two uses of one argument are the same object, so that each is computed once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from attrs import field, frozen

from ..base.places import Place
from ..lang.aggregates import OVER_ROWS, AggregateFunction
from ..lang.types import Facts
from .levels import Level

Constant = Fraction | str | bool | None  # a number (dates as day numbers), a category, a flag, or missing


@frozen(kw_only=True, eq=False)
class Base:
    facts: Facts
    place: Place | None = field(default=None, repr=False)


@frozen(eq=False)
class Fixed(Base):
    """A constant; `value` None is the literal `missing`."""

    value: Constant


@frozen(eq=False)
class Read(Base):
    """The value of an input or quantity, as its name rounded it."""

    name: str


@frozen(eq=False)
class Negated(Base):
    operand: Term


@frozen(eq=False)
class Sum(Base):
    """`left + right`, or `left - right` where `minus`; days and minutes between dates are this too."""

    left: Term
    right: Term
    minus: bool = False


@frozen(eq=False)
class Product(Base):
    left: Term
    right: Term


@frozen(eq=False)
class Quotient(Base):
    """`left / right`. Where `missing_at_zero`, a zero divisor makes it missing; else it is proved not 0."""

    left: Term
    right: Term
    missing_at_zero: bool = False


@frozen(eq=False)
class Power(Base):
    """`operand` to a whole number from 0 to 16."""

    operand: Term
    exponent: int


@frozen(eq=False)
class Compared(Base):
    """Two operands of one kind and one of `< <= > >= == !=`; a chain is `Every` of these."""

    operator: str
    left: Term
    right: Term


@frozen(eq=False)
class IsIn(Base):
    operand: Term
    members: tuple[Constant, ...]


@frozen(eq=False)
class IsNot(Base):
    operand: Term


@frozen(eq=False)
class Every(Base):
    """True where all operands are; missing where any is.

    The operands of `and` are never missing (the checker refuses one that may be), and are looked at one after the
    other until one is false. Those of a `chain` of comparisons may be missing, and all of them are looked at.
    """

    operands: tuple[Term, ...]
    chain: bool = False


@frozen(eq=False)
class Some(Base):
    """True where one of the operands is; missing where any is missing."""

    operands: tuple[Term, ...]


@frozen(eq=False)
class Choice(Base):
    condition: Term
    then: Term
    otherwise: Term


@frozen(eq=False)
class Extreme(Base):
    """The largest (`largest` true) or the smallest of two or more numbers; missing if any is."""

    largest: bool
    operands: tuple[Term, ...]


@frozen(eq=False)
class Absolute(Base):
    operand: Term


@frozen(eq=False)
class Rounded(Base):
    """The author's own `round`, `floor` or `ceil` inside a formula; `mode` is a value of `Rounding`."""

    operand: Term
    decimals: int
    mode: str


@frozen(eq=False)
class IsKnown(Base):
    operand: Term


@frozen(eq=False)
class FirstKnown(Base):
    """The first operand that is not missing."""

    operands: tuple[Term, ...]


@frozen
class Grid:
    """A table body with its constants read, for one output.

    `kind` is a value of `TableKind`. Edges are numbers, ascending, for from, up_to, points and slices;
    words, flags or numbers for equals. A cell is a constant (None: missing) or a further level.
    `otherwise` holds where no edge does. `complete` says that some edge always does: there is no `otherwise`.
    `places` are those of the edges, in the order of the rows.
    """

    kind: str
    rows: tuple[tuple[Fraction | str | bool, Grid | Constant], ...]
    otherwise: Grid | Constant = None
    complete: bool = False
    places: tuple[Place, ...] = field(default=(), eq=False, repr=False)


def cells_of(grid: Grid) -> list[Constant]:
    """Every cell of a table; a row that no key can miss adds no missing `else`."""
    results = [result for _, result in grid.rows] + ([] if grid.complete else [grid.otherwise])
    return [cell for one in results for cell in (cells_of(one) if isinstance(one, Grid) else [one])]


def draws_lines(grid: Grid) -> bool:
    """Whether a value of the table moves with its key between two edges: `points` or `slices`, at any depth."""
    inside = [result for _, result in grid.rows] + [grid.otherwise]
    return grid.kind in ("points", "slices") or any(isinstance(x, Grid) and draws_lines(x) for x in inside)


@frozen(eq=False)
class LookUp(Base):
    """A table applied to its keys, in order; missing where a key is."""

    grid: Grid
    keys: tuple[Term, ...]
    table: str  # how the table is called in explanations


@frozen(eq=False)
class Mean(Base):
    """A weighted mean of parts that may be missing.

    `missing`: reweigh (over the known weights), zero (a missing part counts 0), refuse (then all is
    missing). Fewer than `at_least` known parts, or weights that add to 0, make it missing.
    """

    weights: tuple[Term, ...]
    parts: tuple[Term, ...]
    missing: str
    at_least: int


@frozen(eq=False)
class AdjustmentStep:
    """One adjustment: where `when` holds, `action` set | at_most | at_least | add | multiply by `amount`."""

    action: str
    when: Term | None
    amount: Term


@frozen(eq=False)
class Adjusted(Base):
    """`operand` after its steps in order. `set` acts on a missing value too, the others only on a known one."""

    operand: Term
    steps: tuple[AdjustmentStep, ...]


@frozen(eq=False)
class Aggregate(Base):
    """count | sum | mean | share | min | max | best | latest | percentile | variance over rows.

    It runs over the rows of `source`, and its value stands at `level`, above them. Rows where `where` does not hold
    or `value` is missing are skipped. `count` without a value counts rows; `share` and `count` of a condition count
    where it holds. Of no rows sum and count are 0, all others missing. With `others` it stands at `source` itself:
    the row is left out of what is said of it. `best` adds the `most` largest, a number or a term that stands at
    `level`; of none of them it is missing. `latest` is the value in the row with the largest `order`; a percentile is
    that of `fraction`, by `method` at_least | more_than | linear.
    """

    function: str
    source: Level
    level: Level
    value: Term | None
    where: Term | None = None
    others: bool = False
    most: int | Term = 0
    order: tuple[Term, ...] = ()
    method: str = ""
    fraction: Fraction = Fraction(0)

    @property
    def entry(self) -> AggregateFunction:
        """What the language says of its function."""
        return OVER_ROWS[self.function]


@frozen(eq=False)
class Ranked(Base):
    """The place of a row of `source` among the rows of its `group` row where `where` holds.

    `keys` are compared in turn, each the larger first if `descending`; a row with a missing key is not
    ranked and takes no place. `ties` standard 1224 | modified 1334 | dense 1223. Missing for a row not ranked.
    """

    source: Level
    group: Level
    keys: tuple[tuple[Term, bool], ...]
    where: Term | None
    ties: str


@frozen(eq=False)
class Running(Base):
    """The sum of `value` over the rows of one `group` row, in ascending `order`, up to and with this row.

    Rows where `where` does not hold or the value is missing add nothing, and it is missing for them.
    """

    source: Level
    group: Level
    value: Term
    where: Term | None
    order: tuple[Term, ...]


@frozen(eq=False)
class Shared(Base):
    """The share of a row of `source` in the pool of its `group` row, in whole steps of 10**-decimals.

    `amount` and `when` stand at `group`, `weight`, `among` and `cap` at `source`. A missing weight takes no
    part; the share of who is not `among` is 0, and is the others' (`left_out` shared) or stays (kept).
    `method` is largest_remainder | webster | keep_remainder.
    """

    source: Level
    group: Level
    amount: Term
    weight: Term
    when: Term | None
    among: Term | None
    cap: Term | None
    left_out: str
    method: str
    decimals: int


@frozen(eq=False)
class Fold(Base):
    """An aggregate over the members of a `repeat` family, spelled out; `best` adds the `most` largest, as in rows."""

    function: str
    values: tuple[Term | None, ...]
    wheres: tuple[Term | None, ...]
    most: int | Term = 0

    @property
    def entry(self) -> AggregateFunction:
        """What the language says of its function."""
        return OVER_ROWS[self.function]


Term = (
    Fixed | Read | Negated | Sum | Product | Quotient | Power | Compared | IsIn | IsNot | Every | Some
    | Choice | Extreme | Absolute | Rounded | IsKnown | FirstKnown | LookUp | Mean | Adjusted | Aggregate | Fold
    | Ranked | Running | Shared
)  # fmt: skip


def operands(term: Term) -> tuple[Term, ...]:
    """The direct operands of a term, in the order in which they are read."""
    match term:
        case Fixed() | Read():
            return ()
        case Negated(operand=x) | Power(operand=x) | IsIn(operand=x) | IsNot(operand=x) | Absolute(operand=x):
            return (x,)
        case Rounded(operand=x) | IsKnown(operand=x):
            return (x,)
        case Sum(left=a, right=b) | Product(left=a, right=b) | Quotient(left=a, right=b) | Compared(left=a, right=b):
            return (a, b)
        case Every(operands=xs) | Some(operands=xs) | Extreme(operands=xs) | FirstKnown(operands=xs):
            return xs
        case Choice(condition=c, then=a, otherwise=b):
            return (c, a, b)
        case LookUp(keys=xs):
            return xs
        case Mean(weights=ws, parts=ps):
            return (*ws, *ps)
        case Adjusted(operand=x, steps=steps):
            return (x, *(t for step in steps for t in (step.when, step.amount) if t is not None))
        case Aggregate(value=v, where=w, order=xs):
            return (*(t for t in (v, w) if t is not None), *xs, *counted_to(term))
        case Ranked(keys=keys, where=w):
            return (*(t for t, _ in keys), *(() if w is None else (w,)))
        case Running(value=v, where=w, order=xs):
            return (v, *(() if w is None else (w,)), *xs)
        case Shared(amount=a, weight=v, when=w, among=m, cap=c):
            return (a, v, *(t for t in (w, m, c) if t is not None))
        case Fold(values=vs, wheres=ws):
            return (*(t for t in (*vs, *ws) if t is not None), *counted_to(term))


def counted_to(term: Aggregate | Fold) -> tuple[Term, ...]:
    """The term that says how many values count, where it is no number."""
    return () if isinstance(term.most, int) else (term.most,)


def operand_levels(term: Term, level: Level) -> list[tuple[Term, Level]]:
    """The operands of a term that stands at `level`, each with the level that it stands at itself."""
    if isinstance(term, Shared):
        above = (term.amount, *(() if term.when is None else (term.when,)))
        return [(one, term.group if one in above else term.source) for one in operands(term)]
    if isinstance(term, Aggregate):
        above = counted_to(term)
        return [(one, term.level if one in above else term.source) for one in operands(term)]
    if isinstance(term, Ranked | Running):
        level = term.source
    return [(one, level) for one in operands(term)]


def walk(term: Term, into: Callable[[Term], Sequence[Term]] = operands) -> Iterator[Term]:
    """The term and everything `into` which it leads, each object once: shared arguments stay cheap.

    Functions are written out where they are called, so a walk that comes to a shared part twice never ends.
    """
    pending, seen = [term], {id(term)}
    while pending:
        top = pending.pop()
        yield top
        for part in reversed(into(top)):
            if id(part) not in seen:
                seen.add(id(part))
                pending.append(part)
