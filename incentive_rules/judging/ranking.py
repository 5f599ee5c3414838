"""Ranks many values: how many are better, how many are equal, and the values next to one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from .numbers import RefereeFault

Worth = tuple[Fraction, ...]


class Ranking:
    """The compared, by their numbers: the highest value first, ties decided by the next values."""

    def __init__(self, worth: Mapping[int, Worth]) -> None:
        self.worth = worth
        self._equal = Counter(worth.values())
        self._steps = sorted(self._equal, reverse=True)
        self._step = {value: step for step, value in enumerate(self._steps)}
        self._before = [0]
        for value in self._steps:
            self._before.append(self._before[-1] + self._equal[value])

    def __len__(self) -> int:
        return len(self.worth)

    def __contains__(self, one: object) -> bool:
        return one in self.worth

    def level_with(self, one: int) -> int:
        """How many have the same value, this one included."""
        return self._equal[self.worth[one]]

    def place(self, one: int, ties: str = "standard") -> int:
        """The rank of one: standard 1 2 2 4, modified 1 3 3 4, dense 1 2 2 3."""
        step = self._step[self.worth[one]]
        match ties:
            case "standard":
                return 1 + self._before[step]
            case "modified":
                return self._before[step + 1]
            case "dense":
                return 1 + step
        raise RefereeFault(f"{ties} is no way to treat ties")

    def neighbours(self, one: int) -> tuple[Worth | None, Worth | None]:
        """The next better value and the next worse one."""
        step = self._step[self.worth[one]]
        better = self._steps[step - 1] if step else None
        return better, self._steps[step + 1] if step + 1 < len(self._steps) else None
