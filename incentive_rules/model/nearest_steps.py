"""What one thing different would have given: one cell, moved as little as changes what somebody is paid."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from .result import Value

CellContent = Decimal | int | bool | str | date | time  # as a program hands it over


@frozen
class OutcomeChange:
    """A quantity of the person by its name, as it is and as it would have been."""

    name: str
    before: Value
    after: Value

    @property
    def difference(self) -> Decimal | int | Fraction | None:
        """By how much a number grows; None of words, flags and missing values."""
        numbers = Decimal | int | Fraction
        if isinstance(self.before, bool) or not isinstance(self.before, numbers) or not isinstance(self.after, numbers):
            return None
        if isinstance(self.before, Fraction) or isinstance(self.after, Fraction):
            return Fraction(self.after) - Fraction(self.before)
        return self.after - self.before


@frozen
class NearestStep:
    """One cell of a person, and the nearest value `up` or `down` at which `outcome`, mostly net pay, is another one.

    The cell stands in `table` ("" the people), in row number `row` of it as it was read, from 1, on `line` of its file
    (None where no file has it), under `column`; `name` is its input. `before` is what it says, `after` what it would
    have to say, both as a program would hand them over; `units` is how far that is, in units of the cell's precision,
    or in words of `one_of`. With every value between the two the outcome is as it is, or the scheme refuses the value.
    `changes` are all quantities of the person that would be other ones, in the order of the plan, as the whole company
    computed again gives them.
    """

    key: str
    table: str
    row: int | None
    line: int | None
    column: str
    name: str
    before: CellContent
    after: CellContent
    direction: str  # up | down
    units: int
    outcome: str
    changes: tuple[OutcomeChange, ...] = field(repr=False)

    @property
    def paid(self) -> OutcomeChange:
        """The change of the outcome."""
        return next(one for one in self.changes if one.name == self.outcome)

    @property
    def gains(self) -> bool:
        """Whether the outcome is a number that grows."""
        return (self.paid.difference or 0) > 0

    def change(self, name: str) -> OutcomeChange | None:
        """The change of one quantity; None where it stays what it is."""
        return next((one for one in self.changes if one.name == name), None)
