"""How long a second is: bounds on processor time hold on an ordinary machine, and a slower one is given longer.

    began = process_time()
    ...
    assert process_time() - began < seconds(1)
"""

from __future__ import annotations

from time import process_time

_ORDINARY = 0.045  # seconds that an ordinary machine takes for the loop below


def seconds(count: float) -> float:
    """So many seconds of an ordinary machine, in those of this one as it is now."""
    began = process_time()
    total = 0
    for i in range(1_000_000):
        total += i * i
    return count * max(1.0, (process_time() - began) / _ORDINARY)
