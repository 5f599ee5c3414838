"""Work that nests as deep as a formula does, whatever the depth of the program that asks for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import Thread
from typing import ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
R = TypeVar("R")


def on_its_own_stack(work: Callable[Parameters, R]) -> Callable[Parameters, R]:
    """`work`, run on a stack of its own each time it is called.

    The limits of a formula bound how deep its check can go; a caller that is nested deeply itself
    would use up that depth. A thread begins at depth 0, and nothing of the process is changed.
    """

    @wraps(work)
    def call(*args: Parameters.args, **options: Parameters.kwargs) -> R:
        results: list[R] = []
        errors: list[BaseException] = []

        def run() -> None:
            try:
                results.append(work(*args, **options))
            except BaseException as error:
                errors.append(error)

        thread = Thread(target=run, name="incentive-rules")
        thread.start()
        thread.join()
        if errors:
            raise errors[0]
        return results[0]

    return call
