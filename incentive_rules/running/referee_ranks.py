"""Places in an order: ranks with their three conventions, honours within their places, grades by rank.

Everything is compared as exact fractions, and never by the order of rows or by a key.
"""

from __future__ import annotations

from .referee_numbers import RefereeFault


def place_of(better: int, different: int, level_with: int, ties: str) -> int:
    """The place of one who has `better` rows before it, of `different` worth, and shares its own with `level_with`.

    standard 1 2 2 4, modified 1 3 3 4, dense 1 2 2 3.
    """
    match ties:
        case "standard":
            return 1 + better
        case "modified":
            return better + level_with
        case "dense":
            return 1 + different
    raise RefereeFault(f"{ties} is no way to treat ties")
