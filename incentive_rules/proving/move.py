"""What is larger in the second of two worlds."""

from __future__ import annotations

from attrs import frozen

from ..model.levels import PERSON, Level
from ..model.terms import Constant
from .direction import UP, Direction, WordSteps


@frozen
class Move:
    """One thing that moves up: a fact in one row of `level`, or, of one person, what an indicator `measured`.

    With `words` the fact is a category that becomes the second word in the place of the first.
    """

    name: str
    level: Level = PERSON
    measured: bool = False
    words: tuple[Constant, Constant] | None = None

    @property
    def direction(self) -> Direction:
        """Of the thing itself."""
        return UP if self.words is None else Direction("?", words=(WordSteps("+", self.words),))
