"""What a run says of people, as a referee asks for it who does not hear them all."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.result import Result
from ..model.terms import Constant
from .differences import as_constant
from .many import Computed
from .referee_testimony import TooMuch


class Said:
    """The results of a run by the numbers of people, but of those who are `judged`, and the values of groups."""

    def __init__(self, computed: Computed, numbers: Mapping[int, int], judged: frozenset[int]) -> None:
        """`numbers` leads from the identity of a row of people to the number of the person."""
        self._groups = computed.groups
        self._judged = judged
        self._results: dict[int, Result] = {
            numbers[id(row)]: result for row, result, _ in computed.outcomes if result is not None
        }

    def is_heard_of(self, person: int) -> bool:
        return person not in self._judged and person in self._results

    def takes_part(self, person: int) -> bool:
        return self._results[person].in_scope

    def of_person(self, person: int, name: str) -> Constant:
        value = self._results[person][name] if person in self._results else None
        if value is None or isinstance(value, tuple):
            raise TooMuch(name)
        return as_constant(value)

    def of_row(self, person: int, name: str, number: int) -> Constant:
        values = self._results[person][name] if person in self._results else None
        if not isinstance(values, tuple) or number > len(values):
            raise TooMuch(name)
        return as_constant(values[number - 1])

    def of_group(self, level: str, key: str, name: str) -> Constant:
        found = self._groups.get(level, {}).get(key, {})
        if name not in found:  # it waits for a refused row
            raise TooMuch(name)
        return as_constant(found[name])
