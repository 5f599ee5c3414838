"""The collector of cycles, paused while many rows are read and many results are made.

Rows and results have no cycles, and there are millions of them: the collector would walk through all of them again and
again, which is half of the time of a large run.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_inside = 0  # how many pauses are going on, of all threads
_was_on = False  # whether the first of them found the collector at work


@contextmanager
def collector_paused() -> Iterator[None]:
    """The collector does nothing inside, and afterwards what it did before, whatever happens.

    Pauses may lie in one another and beside one another: the last one to end gives back what the first one found.
    A collector that the caller had turned off stays off. Also a decorator: `@collector_paused()`.
    """
    global _inside, _was_on
    with _lock:
        if _inside == 0:
            _was_on = gc.isenabled()
        _inside += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0 and _was_on:
                gc.enable()
