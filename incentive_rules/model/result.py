"""What one person gets: a frozen mapping of names to exact values, made from whole numbers when read.

An engine hands over one tuple of whole numbers, texts and flags with a `Layout` that says what stands
where; a `Decimal` or `Fraction` is made only for a name that somebody reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from html import escape
from typing import NoReturn, Protocol

from attrs import field, frozen

from ..base.moments import MINUTES_PER_DAY
from ..base.numbers import EXACT
from ..base.text import echo, nearest
from ..lang.types import Kind
from .scheme import Role


class Printable(Protocol):
    """An explanation: `str()` of it is for people, `as_json()` for programs."""

    def __str__(self) -> str: ...

    def as_json(self) -> dict[str, object]: ...


class Missing:
    """The type of `MISSING`: no value, which is neither 0 nor false."""

    __slots__ = ()

    def __new__(cls) -> Missing:
        return MISSING if "MISSING" in globals() else super().__new__(cls)

    def __repr__(self) -> str:
        return "missing"

    def __bool__(self) -> NoReturn:
        raise TypeError("a missing value is neither true nor false; compare with `is MISSING`")

    def __reduce__(self) -> str:
        return "MISSING"

    def __copy__(self) -> Missing:
        return self

    def __deepcopy__(self, memo: object) -> Missing:
        return self


MISSING = Missing()

Value = Decimal | Fraction | int | bool | str | date | time | Missing
Raw = int | bool | str


@frozen
class Slot:
    """Where one name's value stands: positions in the tuple of its level (`details` None: the person's).

    A number is raw[numerator] / (`constant` * the raw[denominators]), or counts steps of 10**-decimals.
    """

    kind: Kind
    whole: bool
    decimals: int | None
    numerator: int
    constant: int
    denominators: tuple[int, ...]
    known: int | None
    role: Role
    details: int | None = None


@frozen
class Layout:
    """What stands where in the tuples of a `Result`; `lines` are (name, kind, position of `paid`, is it due)."""

    slots: Mapping[str, Slot] = field(hash=False)
    lines: tuple[tuple[str, str, int | None, bool], ...]


STATES = ("paid", "condition_not_met", "not_this_period", "not_in_scope")


@frozen
class Line:
    """One line of the pay statement. `state` is one of `STATES`."""

    name: str
    amount: Decimal
    kind: str
    state: str


Explainer = Callable[..., Printable]  # of row, details, name and language
State = tuple[Layout, bool, str, tuple[Raw, ...], tuple[tuple[tuple[Raw, ...], ...], ...]]


class Result(Mapping[str, "Value | tuple[Value, ...]"]):
    """Every quantity of one person by name; a quantity of detail rows is a tuple, one value for each row.

    Values are `Decimal` with their exact places, `Fraction` where a name is exact, `int`, `bool`, `str`,
    `date`, or `MISSING`. A time is a `time`, or a `datetime` where it has a date.
    """

    __slots__ = ("_explainer", "_state")
    _explainer: tuple[Explainer, object, object]
    _state: State

    def __init__(self, *state: NoReturn) -> None:
        raise TypeError("a Result is made by scoring")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a Result is frozen; `{name}` cannot be set")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a Result is frozen; `{name}` cannot be deleted")

    @property
    def in_scope(self) -> bool:
        """Whether the scheme applies to this person."""
        return self._state[1]

    @property
    def key(self) -> str:
        """The person's key, "" where the scheme has none."""
        return self._state[2]

    @property
    def lines(self) -> Mapping[str, Line]:
        """The pay lines by name, in their order."""
        layout, in_scope, _, values, _ = self._state
        made = {}
        for name, kind, paid, due in layout.lines:
            amount = self[name]
            assert isinstance(amount, Decimal)
            state = "paid" if paid is None or (in_scope and values[paid]) else "condition_not_met"
            made[name] = Line(name, amount, kind, state if in_scope and due else _not_paid(in_scope))
        return made

    def __getitem__(self, name: str) -> Value | tuple[Value, ...]:
        layout, in_scope, _, values, rows = self._state
        slot = layout.slots.get(name)
        if slot is None:
            near = ", ".join(f"`{n}`" for n in nearest(str(name), layout.slots))
            raise KeyError(f"{name!r} is not a quantity of this scheme" + (f"; did you mean {near}?" if near else ""))
        if slot.details is not None:
            return tuple(slot_value(slot, row) for row in rows[slot.details]) if in_scope else ()
        return slot_value(slot, values) if in_scope else outside_value(slot)

    def __iter__(self) -> Iterator[str]:
        return iter(self._state[0].slots)

    def __len__(self) -> int:
        return len(self._state[0].slots)

    def __contains__(self, name: object) -> bool:
        return name in self._state[0].slots

    def explain(self, lang: str = "", *, name: str | None = None) -> Printable:
        """Why it is this: `print(result.explain("zh"))`; of one `name`, or of what is paid in the end.

        A result that was pickled has left its facts behind; `pipeline.explain(row)` explains those.
        """
        try:
            explainer, row, details = self._explainer
        except AttributeError:
            raise TypeError("this result came from elsewhere: use pipeline.explain(row)") from None
        return explainer(row, details, name, lang)

    def as_dict(self) -> dict[str, Value | tuple[Value, ...]]:
        """All values as a plain dict."""
        return {name: self[name] for name in self}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Result):
            return NotImplemented
        mine, theirs = (self.in_scope, self.key), (other.in_scope, other.key)
        return mine == theirs and self.as_dict() == other.as_dict() and self.lines == other.lines

    def __hash__(self) -> int:
        return hash((self.in_scope, self.key, tuple(self.as_dict().items())))

    def __reduce__(self) -> tuple[Callable[[State], Result], tuple[State]]:
        return (make_result, (self._state,))

    def __repr__(self) -> str:
        if not self.in_scope:
            return f"<Result {self.key!r}: not in scope>"
        shown = [(n, self[n]) for n, slot in self._state[0].slots.items() if slot.role in (Role.RESULT, Role.GRADE)]
        if not shown:
            shown = [(n, self[n]) for n in list(self)[-3:]]
        text = ", ".join(f"{name} {echo(str(value))}" for name, value in shown)
        return f"<Result {self.key!r}: {text}; {len(self)} names>"

    def _repr_html_(self) -> str:
        """A table for notebooks; every text in it is escaped."""
        rows = "".join(
            f"<tr><td>{escape(name)}</td><td style='text-align:right'>{escape(str(self[name]))}</td></tr>"
            for name in self
        )
        return f"<table><caption>{escape(self.key)}</caption><tbody>{rows}</tbody></table>"


# How a result is made, by engines and by the pipeline only; an engine's generated code does it in line.
# What explains it, `(explainer, row, details)`, is a plain tuple: every score makes one and few are asked.
new_result: Callable[[type[Result]], Result] = Result.__new__
set_state: Callable[[Result, State], None] = Result.__dict__["_state"].__set__
set_explainer: Callable[[Result, tuple[Explainer, object, object]], None] = Result.__dict__["_explainer"].__set__


def make_result(state: State) -> Result:
    """A result of an engine's tuple."""
    result = new_result(Result)
    set_state(result, state)
    return result


def _not_paid(in_scope: bool) -> str:
    return "not_this_period" if in_scope else "not_in_scope"


def slot_value(slot: Slot, raw: tuple[Raw, ...]) -> Value:
    """The value of a slot in a tuple of its level."""
    if slot.known is not None and not raw[slot.known]:
        return MISSING
    value = raw[slot.numerator]
    if slot.kind is Kind.NUMBER:
        return _number(slot, int(value), raw)
    if isinstance(value, int) and slot.kind is Kind.DATE:
        return date.fromordinal(value)
    if isinstance(value, int) and slot.kind is Kind.TIME:
        return _moment(value)
    return value


def _number(slot: Slot, units: int, raw: tuple[Raw, ...]) -> Value:
    if slot.decimals is not None:
        if slot.whole and slot.decimals == 0:
            return units
        return Decimal(units).scaleb(-slot.decimals, EXACT)
    below = slot.constant
    for position in slot.denominators:
        below *= int(raw[position])
    value = Fraction(units, below)
    return value.numerator if slot.whole and value.denominator == 1 else value


def _moment(minutes: int) -> Value:
    days, rest = divmod(minutes, MINUTES_PER_DAY)
    if days == 0:
        return time(*divmod(rest, 60))
    return datetime.combine(date.fromordinal(days), time()) + timedelta(minutes=rest)


def outside_value(slot: Slot) -> Value:
    """What somebody to whom the scheme does not apply has: nothing is measured, and what is paid is 0."""
    if slot.role not in (Role.PAY, Role.RESULT):
        return MISSING
    return Decimal(0).scaleb(-(slot.decimals or 0), EXACT)
