"""Sequences whose items are made when somebody looks at them: of a million rows few are ever looked at."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any, ClassVar, SupportsIndex, TypeAlias, TypeVar, overload

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# Whole numbers, one for each row, as a sequence or as an array; only whoever computes with them loads numpy.
Integers: TypeAlias = "Sequence[int] | npt.NDArray[np.signedinteger[Any]]"

_Made = TypeVar("_Made", covariant=True)


class OnDemand(Sequence[_Made]):
    """A sequence that makes item `number`, from 0, by `made`; a slice is made at once."""

    __slots__ = ()
    _several: ClassVar[Callable[[Iterable[Any]], Sequence[Any]]] = list

    @abstractmethod
    def made(self, number: int) -> _Made:
        """The item with this number, which is one of the sequence's."""

    @overload
    def __getitem__(self, number: SupportsIndex) -> _Made: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[_Made]: ...
    def __getitem__(self, number: SupportsIndex | slice) -> _Made | Sequence[_Made]:
        if isinstance(number, slice):
            return type(self)._several(map(self.made, range(*number.indices(len(self)))))
        return self.made(range(len(self))[number])

    def __iter__(self) -> Iterator[_Made]:
        return map(self.made, range(len(self)))


class ChosenItems(OnDemand[_Made]):
    """Some items of a sequence, by their numbers in it, in the order of these."""

    __slots__ = ("_items", "_numbers")

    def __init__(self, items: Sequence[_Made], numbers: Integers) -> None:
        self._items, self._numbers = items, numbers

    def made(self, number: int) -> _Made:
        return self._items[int(self._numbers[number])]

    def __len__(self) -> int:
        return len(self._numbers)


class JoinedItems(OnDemand[_Made]):
    """The items of several sequences, those of one after those of the other."""

    __slots__ = ("_parts", "_starts")

    def __init__(self, parts: Sequence[Sequence[_Made]]) -> None:
        self._parts = parts
        self._starts = [0, *accumulate(map(len, parts))]

    def made(self, number: int) -> _Made:
        part = bisect_right(self._starts, number) - 1
        return self._parts[part][number - self._starts[part]]

    def __len__(self) -> int:
        return self._starts[-1]
