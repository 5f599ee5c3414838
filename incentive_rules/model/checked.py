"""A scheme that was checked for one period (or for all of them): types, bounds, levels.

Only checking makes a `Checked`, and only of a scheme without errors, so that holding one is the evidence that its
arithmetic cannot fail.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from ..base.numbers import Rounding
from ..base.periods import Period
from ..base.places import Place
from ..lang.types import Facts
from .levels import PERSON, Level, Levels, levels_of
from .scheme import Formula, Input, Quantity, Scheme
from .terms import Constant, Grid, Read, Term, walk


@frozen
class CheckedInput:
    """An input with its facts. A number is kept as whole steps of ten to the minus `decimals`."""

    definition: Input
    facts: Facts
    decimals: int
    level: Level = PERSON

    @property
    def name(self) -> str:
        return self.definition.name


@frozen
class CheckedQuantity:
    """A named quantity as a term.

    `decimals` is None for an exact name (its value stays a fraction). `facts` are those of the rounded value.
    `condition` is its `when`; if it fails a pay line is 0 and anything else missing. A quantity that is not `due` in
    this period is 0 (pay), False (an honour) or missing, whatever its term. `proved`: a declared `range:` was proved;
    if not, each row is checked against it. If it does not round (`rounds`), the author asked for no rounding, and
    `decimals` are those that write every exact value.
    """

    definition: Quantity
    level: Level
    term: Term
    facts: Facts
    decimals: int | None
    rounding: Rounding
    condition: Term | None = None
    proved: bool = True
    due: bool = True
    rounds: bool = True

    @property
    def name(self) -> str:
        return self.definition.name


@frozen
class Premise:
    """A line of `require`: a row for which it is false is refused.

    One `of_group` is about a group of one person alone, whose facts are given with the person or with a row: people out
    of scope need not satisfy it. Its term says so, too.
    """

    formula: Formula
    term: Term
    level: Level
    of_group: bool = False


@frozen
class Guard:
    """A condition without which a population step has no answer: no tie across a cut-off, no remainder that is refused.

    `code` is the problem if it fails: data-tie | data-remainder | data-latest-tie | data-order-tie.
    """

    code: str
    name: str  # whose step it is
    term: Term
    level: Level
    place: Place


@frozen
class Checked:
    """A checked scheme; each of the `quantities` reads only earlier ones, in document order where that is free.

    `constants` are the values of parameters in force; `grids` the bodies of tables in force, by table and output (""
    for the unnamed one). If `period` is None, dated values are those of the first day in force.
    """

    scheme: Scheme
    period: Period | None
    inputs: Mapping[str, CheckedInput]
    quantities: tuple[CheckedQuantity, ...]
    premises: tuple[Premise, ...]
    applies_to: Term | None
    constants: Mapping[str, tuple[Constant, Facts]] = field(hash=False)
    grids: Mapping[str, Mapping[str, Grid]] = field(hash=False)
    assumptions: tuple[tuple[str, Place], ...] = ()  # names whose declared range each row is checked against
    currency_decimals: int | None = None
    levels: Levels = field()
    guards: tuple[Guard, ...] = ()

    @levels.default
    def _levels(self) -> Levels:
        return levels_of(self.scheme)

    @property
    def premises_first(self) -> bool:
        """Whether quantities decide the scope: they rely on the premises, which then must hold for everybody."""
        scope = () if self.applies_to is None else walk(self.applies_to)
        return any(isinstance(term, Read) and term.name in self._by_name for term in scope)

    @property
    def lost(self) -> tuple[tuple[str, Place], ...]:
        """What the scheme defines and is not here, with places; nothing, unless reading or checking found errors."""
        quantities = [(q.name, q.place) for q in self.scheme.quantities if q.name not in self._by_name]
        kept = {id(premise.formula) for premise in self.premises}
        require = [(formula.text, formula.place) for formula in self.scheme.require if id(formula) not in kept]
        applies_to = self.scheme.applies_to
        scope = [] if applies_to is None or self.applies_to is not None else [(self.scheme.name, applies_to.place)]
        return (*quantities, *require, *scope)

    def quantity(self, name: str) -> CheckedQuantity:
        return self._by_name[name]

    _by_name: Mapping[str, CheckedQuantity] = field(init=False, repr=False, eq=False)

    @_by_name.default
    def _index(self) -> Mapping[str, CheckedQuantity]:
        return {q.name: q for q in self.quantities}
