"""Remembers what a pure function says of a frozen value, for as long as somebody holds the value."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import ReferenceType, ref

ValueAsked = TypeVar("ValueAsked")
AnswerSaid = TypeVar("AnswerSaid")


def remembered(function: Callable[[ValueAsked], AnswerSaid]) -> Callable[[ValueAsked], AnswerSaid]:
    """The function, which works out its answer once for each object; equal ones are asked again.

    Small runs ask the same of one checked scheme many times, and comparing two schemes takes longer than asking.
    """
    known: dict[int, tuple[ReferenceType[ValueAsked], AnswerSaid]] = {}

    @wraps(function)
    def asked(value: ValueAsked) -> AnswerSaid:
        number = id(value)
        held = known.get(number)
        if held is not None and held[0]() is value:
            return held[1]
        said = function(value)
        known[number] = (ref(value, lambda _: known.pop(number, None)), said)
        return said

    return asked
