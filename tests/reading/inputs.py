"""Inputs for the tests of reading, made without a document."""

from __future__ import annotations

from fractions import Fraction

from incentive_rules.base.places import Place, Source
from incentive_rules.lang.types import ANY, BOOLEAN, DATE, KEY, TIME, Bounds, Facts, Kind, Type
from incentive_rules.model.checked import CheckedInput
from incentive_rules.model.scheme import Input

HERE = Place(Source("scheme.yaml", "inputs:"), 0, 6)


def number(
    name: str = "jobs", low: int | None = 0, high: int | None = 500, decimals: int = 0, **says: object
) -> CheckedInput:
    bounds = Bounds(None if low is None else Fraction(low), None if high is None else Fraction(high))
    kind = "integer" if decimals == 0 else "number"
    facts = Facts(Type(Kind.NUMBER, whole=decimals == 0), bool(says.get("can_be_missing")), bounds)
    return CheckedInput(Input(name, kind, HERE, decimals=decimals, **says), facts, decimals)  # type: ignore[arg-type]


def flag(name: str = "leader", **says: object) -> CheckedInput:
    return CheckedInput(Input(name, "boolean", HERE, **says), Facts(BOOLEAN, bool(says.get("can_be_missing"))), 0)  # type: ignore[arg-type]


def word(name: str = "post", *values: str, **says: object) -> CheckedInput:
    kind = Type(Kind.CATEGORY, values=frozenset(values) if values else None)
    return CheckedInput(Input(name, "category", HERE, **says), Facts(kind, bool(says.get("can_be_missing"))), 0)  # type: ignore[arg-type]


def key(name: str = "engineer", **says: object) -> CheckedInput:
    return CheckedInput(Input(name, "key", HERE, **says), Facts(KEY), 0)  # type: ignore[arg-type]


def day(name: str = "hired", bounds: Bounds = ANY) -> CheckedInput:
    return CheckedInput(Input(name, "date", HERE), Facts(DATE, bounds=bounds), 0)


def moment(name: str = "opened") -> CheckedInput:
    return CheckedInput(Input(name, "time", HERE), Facts(TIME), 0)


class FakeScalar:
    """What we know of a numpy scalar: its `dtype`, its size, and what it converts to."""

    def __init__(self, kind: str, value: object, itemsize: int = 8, shape: tuple[int, ...] = ()) -> None:
        self.dtype_kind, self.value, self.itemsize, self.shape = kind, value, itemsize, shape

    @property
    def dtype(self) -> object:
        return type("dtype", (), {"kind": self.dtype_kind})

    def item(self) -> object:
        return self.value

    def __int__(self) -> int:
        return int(self.value)  # type: ignore[call-overload]

    def __float__(self) -> float:
        return float(self.value)  # type: ignore[arg-type]

    def __bool__(self) -> bool:
        return bool(self.value)

    def __str__(self) -> str:
        return str(self.value)
