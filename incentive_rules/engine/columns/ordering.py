"""Rows in the order of several keys, among the rows of each owner: exact, and alike on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce

import numpy as np
from attrs import frozen

from ...model.arrays import Array, Flags, Ints
from .cells import NARROW_BITS, is_wide, largest, widened

_HALF = 31  # bits: the product of two such denominators is narrow


@frozen(eq=False)
class Ordered:
    """Rows put in order: by their owners, then by keys, then by their own numbers.

    `rows`, `owner` and each of the `keys` stand in that order; the rows of owner g are those from `begins[g]` up to
    `begins[g + 1]`.
    """

    rows: Ints
    owner: Ints
    begins: Ints
    keys: tuple[Ints, ...]

    @property
    def counts(self) -> Ints:
        """How many rows each owner has."""
        return np.diff(self.begins)

    @property
    def places(self) -> Ints:
        """The place of each row among those of its owner, from 0."""
        return np.arange(len(self.rows)) - self.begins[self.owner]

    def starts(self) -> Flags:
        """Where a row differs from the one before it in its owner or in a key."""
        found = np.zeros(len(self.rows), bool)
        found[:1] = True
        for key in (self.owner, *self.keys):
            found[1:] |= key[1:] != key[:-1]
        return found

    def running(self, values: Array) -> Array:
        """The sum of the values, given in this order, up to and with each row among those of its owner."""
        totals: Array = np.cumsum(values, dtype=values.dtype)
        before: Array = np.concatenate([np.zeros(1, values.dtype), totals])[self.begins[self.owner]]
        found: Array = totals - before
        return found


def ordered(owner: Ints, owners: int, keys: Sequence[Array], where: Flags | None = None) -> Ordered:
    """The rows where `where`, each of them below one of so many `owners`; the first key is the foremost."""
    rows = np.arange(len(owner)) if where is None else np.flatnonzero(where)
    codes = [order_codes(key[rows]) for key in keys]
    order = _sorted([owner[rows], *codes])
    begins = np.zeros(owners + 1, np.int64)
    np.cumsum(np.bincount(owner[rows], minlength=owners), out=begins[1:])
    return Ordered(rows[order], owner[rows][order], begins, tuple(code[order] for code in codes))


def order_codes(key: Array) -> Ints:
    """Whole numbers in the order of the key's values, equal where these are: narrow ones are that already."""
    return np.unique(key, return_inverse=True)[1] if is_wide(key) else key.astype(np.int64, copy=False)


def _sorted(keys: Sequence[Ints]) -> Ints:
    """The numbers of rows by several keys; of equals the smaller number comes first.

    Keys and number are packed into one word each where they fit: to sort words is several times quicker.
    """
    size = len(keys[0])
    packed, bits = np.zeros(size, np.int64), 0
    for key in (*keys, np.arange(size)):
        least = int(key.min()) if size else 0
        width = (int(key.max()) - least).bit_length() if size else 0
        bits += width
        if bits > NARROW_BITS:
            return np.lexsort(tuple(reversed(keys)))
        packed = (packed << width) | (key - least)
    return np.sort(packed) & ((1 << width) - 1)


def exact_quotients(top: Array, below: Sequence[Array]) -> tuple[Array, ...]:
    """Keys that put the quotients top / (product of `below`) in their exact order, and tell no equal ones apart.

    Different fractions over denominators of 31 bits lie further apart than 1/2**62: the whole part and 62 binary places
    tell them apart. Larger ones are compared as fractions.
    """
    if not below:
        return (top,)
    widest = reduce(lambda product, one: product * largest(one), below, 1)
    if is_wide(top, *below) or widest.bit_length() > _HALF:
        products = reduce(np.multiply, map(widened, below))
        quotients = np.fromiter(map(Fraction, widened(top), products), object, len(top))
        return (order_codes(quotients),)
    divisor = reduce(np.multiply, below)
    whole, rest = np.divmod(top, divisor)
    first, rest = np.divmod(rest << _HALF, divisor)
    return whole, (first << _HALF) | ((rest << _HALF) // divisor)


def descending(keys: Sequence[Array]) -> tuple[Array, ...]:
    """Keys of the opposite order."""
    return tuple(-key for key in keys)
