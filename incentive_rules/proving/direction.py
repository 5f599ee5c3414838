"""How a value moves between two worlds that differ in one thing: the lattice on which the calculus works.

Two worlds have the same people and rows. In the second one thing is larger: a fact in one row, or what an indicator
measured. A `Direction` says of a value, for every row that it stands for and for all such pairs of worlds, how the
second is to the first.

    0  equal      +  at least as large      -  at most as large      ?  nothing is claimed

Flags are numbers here, false below true. Dates are their days. A word has no order; `words` says along which sequences
of words it steps.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from attrs import evolve, frozen

from ..base.places import Place
from ..model.terms import Constant

Sign = Literal["0", "+", "-", "?"]
FLIPPED: dict[Sign, Sign] = {"0": "0", "+": "-", "-": "+", "?": "?"}
MOST_BLAMES = 12
MOST_ALTERNATIVES = 64
NO_SLACK = Fraction(0)


@frozen
class Blame:
    """Why nothing is claimed: in the formula of `name`, at `place`, for a `reason` in both languages."""

    name: str
    place: Place | None
    reason: str


@frozen
class WordSteps:
    """A word that is found by an index into `words`; the index moves by `sign`."""

    sign: Sign
    words: tuple[Constant, ...]


@frozen
class Direction:
    """How a value moves where it is known in both worlds, and how its being known moves.

    `known` is + where it may become known and never becomes missing. With a `slack` the sign holds but for so much: a
    value of sign + is at least the first one less the slack. `words` are the sequences along one of which a word steps;
    its sign is then ?. With `blame` the sign is no proof: it holds if what is blamed behaves as it is meant to.
    """

    sign: Sign = "0"
    known: Sign = "0"
    slack: Fraction = NO_SLACK
    words: tuple[WordSteps, ...] = ()
    blame: tuple[Blame, ...] = ()

    @property
    def is_unmoved(self) -> bool:
        """Whether the value is the same in both worlds, or missing in both."""
        return self.sign == "0" and self.known == "0"


UNMOVED = Direction()
UP = Direction("+")


def joined_signs(signs: Iterable[Sign]) -> Sign:
    """The sign of something that moves with each of these, in the same direction as each."""
    found: Sign = "0"
    for sign in signs:
        found = sign if found == "0" else found if sign in ("0", found) else "?"
    return found


def joint(*directions: Direction) -> Direction:
    """What moves with each of these; also what is one of these, and nobody knows which."""
    if len(directions) == 1:
        return directions[0]
    moving = [one for one in directions if one is not UNMOVED]
    if len(moving) < 2:
        return moving[0] if moving else UNMOVED
    words = tuple(dict.fromkeys(steps for one in directions for steps in one.words))
    return Direction(
        joined_signs(one.sign for one in directions),
        joined_signs(one.known for one in directions),
        sum((one.slack for one in moving if one.slack), NO_SLACK),
        words if len(words) <= MOST_ALTERNATIVES else (),
        blames_of(*directions),
    )


def blames_of(*directions: Direction) -> tuple[Blame, ...]:
    blamed = [one.blame for one in directions if one.blame]
    if len(blamed) < 2:
        return blamed[0] if blamed else ()
    return tuple(dict.fromkeys(blame for one in blamed for blame in one))[:MOST_BLAMES]


def times(sign: Sign, other: Sign) -> Sign:
    """The direction of something that moves by `sign` with what moves by `other`."""
    if sign == "0" or other == "0":
        return "0"
    return other if sign == "+" else FLIPPED[other] if sign == "-" else "?"


def flipped(direction: Direction) -> Direction:
    """The direction of the negated value; that of its being known stays."""
    return direction if direction.sign in ("0", "?") else evolve(direction, sign=FLIPPED[direction.sign])


def as_known(direction: Direction) -> Direction:
    """Of the values alone, whatever becomes known or missing."""
    return direction if direction.known == "0" else evolve(direction, known="0")


def knownness_of(direction: Direction) -> Direction:
    """Whether the value is known, as a value of its own."""
    return Direction(direction.known, blame=direction.blame)


def sign_of_row(cells: Iterable[Fraction | bool]) -> Sign:
    """How values move that stand in a row, each for a larger argument than the one before.

    >>> sign_of_row([0, 0, 5]), sign_of_row([3, 1]), sign_of_row([1, 3, 2]), sign_of_row([4])
    ('+', '-', '?', '0')
    """
    row = list(cells)
    pairs = list(pairwise(row))
    up, down = all(a <= b for a, b in pairs), all(a >= b for a, b in pairs)
    return "0" if up and down else "+" if up else "-" if down else "?"
