"""What somebody asks of an audit: `salary`, `grade in [S, A]`, `age=30,40,50`; read into nouns, or refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from operator import ge, gt, le, lt

from attrs import frozen

from ..base.numbers import read_number
from ..base.problems import Problem
from ..base.text import bare, echo, listed, nearest
from .report import LIMITS

_CONDITION = re.compile(r"(.+?)\s*(>=|<=|==|!=|>|<|\s(?:not\s+in|in)\s|\s?属于\s?)\s*(.+)", re.S)
_ORDER: Mapping[str, Callable[[Fraction, Fraction], bool]] = {">=": ge, "<=": le, ">": gt, "<": lt}
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'|“([^”]*)”")

NumberLike = str | int | float | Decimal | Fraction
By = str | Mapping[str, Sequence[NumberLike]]


@frozen
class WantedMeasure:
    """`text` as it was asked; `name` is whose values are looked at, and the rest the condition on them.

    With `operator` "" the values themselves are compared; it is an order (`>=`) with one number in `numbers`, or `in`,
    `not in` with `words`.
    """

    text: str
    name: str
    operator: str = ""
    number: Fraction = Fraction(0)
    words: tuple[str, ...] = ()

    def holds(self, value: Fraction | str | bool | None) -> Fraction | None:
        """1 where the condition holds of a value, of a word by equality and of a number by its order; else 0."""
        return None if value is None else Fraction(self._holds(value))

    def _holds(self, value: Fraction | str | bool) -> bool:
        if self.operator in _ORDER:
            assert isinstance(value, Fraction)
            return _ORDER[self.operator](value, self.number)
        if isinstance(value, bool):
            inside = ("true" if value else "false") in self.words or ("是" if value else "否") in self.words
        elif isinstance(value, Fraction):
            inside = value in {read_number(one) for one in self.words}
        else:
            inside = value in self.words
        return inside is (self.operator == "in")

    @property
    def of_numbers(self) -> bool:
        """Whether the values must be numbers."""
        return self.operator in ("", *_ORDER)


@frozen
class WantedGroups:
    """A grouping by the words of `name`, or by where its numbers lie between the `edges`."""

    name: str
    edges: tuple[Fraction, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """`<30`, `30–<40`, `≥40`: the lower edge is inside."""
        shown = [_plain(edge) for edge in self.edges]
        between = [f"{low}–<{high}" for low, high in pairwise(shown)]
        return (f"<{shown[0]}", *between, f"≥{shown[-1]}") if shown else ()

    def label(self, value: Fraction) -> str:
        return self.labels[sum(value >= edge for edge in self.edges)]


def _plain(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else str(float(number))


def wanted_measures(
    of: str | Iterable[str], names: Collection[str], problems: list[Problem]
) -> tuple[WantedMeasure, ...]:
    """Each measure that is asked for, once. What is one of the `names`, such as a heading, is no condition."""
    texts = dict.fromkeys(bare(one) for one in ([of] if isinstance(of, str) else of))
    if not texts:
        problems.append(Problem("audit-argument", {"option": "of", "text": ""}, "needed"))
    found = [WantedMeasure(text, text) if text in names else _measure(text, problems) for text in texts]
    return tuple(one for one in found if one is not None)


def _measure(text: str, problems: list[Problem]) -> WantedMeasure | None:
    matched = _CONDITION.fullmatch(text)
    if matched is None:
        return WantedMeasure(text, text)
    name, operator, right = bare(matched[1]), " ".join(matched[2].split()), bare(matched[3])
    if operator in _ORDER:
        number = read_number(right)
        if number is None:
            problems.append(Problem("audit-condition", {"text": echo(text), "right": echo(right)}, "number"))
            return None
        return WantedMeasure(text, name, operator, number)
    listing = right.startswith("[") and right.endswith("]")
    words = tuple(map(_unquoted, re.split(r"[,，]", right[1:-1]))) if listing else (_unquoted(right),)
    if (operator in ("in", "not in", "属于")) is not listing or not all(words):
        problems.append(Problem("audit-condition", {"text": echo(text), "right": echo(right)}))
        return None
    return WantedMeasure(text, name, "not in" if operator in ("not in", "!=") else "in", Fraction(0), words)


def _unquoted(word: str) -> str:
    quoted = _QUOTED.fullmatch(bare(word))
    return next(part for part in quoted.groups() if part is not None) if quoted else bare(word)


def wanted_groups(
    by: By | Iterable[By], option: str, names: Collection[str], problems: list[Problem]
) -> tuple[WantedGroups, ...]:
    """Each grouping that is asked for: `gender`, `age=30,40,50`, or a mapping of names to edges."""
    found: dict[str, WantedGroups] = {}
    for one in [by] if isinstance(by, str | Mapping) else by:
        if isinstance(one, Mapping):
            given = [(name, list(map(_number, edges)), ", ".join(map(str, edges))) for name, edges in one.items()]
        else:
            name, _, edges = (one, "", "") if one in names else one.partition("=")
            given = [(bare(name), [_number(edge) for edge in re.split("[,，]", edges)] if edges else [], edges)]
        for name, numbers, text in given:
            known = [number for number in numbers if number is not None]
            if len(known) < len(numbers) or any(b <= a for a, b in pairwise(known)):
                told = {"option": option, "text": echo(f"{name}={text}"), "name": echo(name)}
                problems.append(Problem("audit-argument", told, "edges"))
            elif name in found:
                problems.append(Problem("audit-argument", {"option": option, "text": echo(name)}, "twice"))
            else:
                found[name] = WantedGroups(name, tuple(known))
    return tuple(found.values())


def _number(value: NumberLike) -> Fraction | None:
    """A number of a program, or of a text; a float is the number that its shortest text writes."""
    if isinstance(value, bool):
        return None
    if isinstance(value, Fraction):
        return value
    return read_number(bare(str(value)))


def wanted_limits(limits: Mapping[str, NumberLike | None], problems: list[Problem]) -> Mapping[str, Fraction | None]:
    """The limits of each sort of figure; None where a figure is only told."""
    found = dict(LIMITS)
    for name, value in limits.items():
        told_only = value is None or str(value) == "none"
        number = None if value is None or told_only else _number(value)
        if name not in LIMITS:
            near = next(iter(nearest(name, LIMITS)), "")
            names = listed((f"`{one}`" for one in LIMITS), 12)
            params = {"option": "limit", "text": echo(name), "names": names, "near": near}
            problems.append(Problem("audit-argument", params, "limit"))
        elif not told_only and (number is None or not 0 <= number < 10):
            problems.append(Problem("audit-argument", {"option": "limit", "text": echo(f"{name}={value}")}, "number"))
        else:
            found[name] = number
    return found


def wanted_noise(noise: Mapping[str, NumberLike], problems: list[Problem]) -> Mapping[str, Fraction]:
    """By input, by how much what was measured may be off to either side."""
    found = {}
    for name, value in noise.items():
        number = _number(value)
        if number is None or number <= 0:
            problems.append(Problem("audit-argument", {"option": "noise", "text": echo(f"{name}={value}")}, "number"))
        else:
            found[name] = number
    return found


def wanted_confidence(confidence: NumberLike, problems: list[Problem]) -> Fraction:
    """A share between one half and 1."""
    number = _number(confidence)
    if number is None or not Fraction(1, 2) <= number < 1 or number > Fraction(9999, 10000):
        told = {"option": "confidence", "text": echo(str(confidence))}
        problems.append(Problem("audit-argument", told, "confidence"))
        return Fraction(95, 100)
    return number
