"""What generated Python may call, and how it becomes a function whose lines a traceback shows."""

from __future__ import annotations

import linecache
import weakref
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from types import CodeType

from ...base.fingerprints import fingerprint
from ...base.numbers import EXACT, STEPS
from ...model.plan import Plan
from ...model.result import Raw
from .inputs import plain_words, text_steps, written_places


def names_of(plan: Plan) -> dict[str, object]:
    """The constants and functions that reading an input and finding in a map need."""
    names: dict[str, object] = {
        "Decimal": Decimal, "date": date, "times": STEPS.multiply, "whole": STEPS.to_integral_exact,
        "text_steps": text_steps,
    }  # fmt: skip
    for number, (entries, default) in enumerate(plan.maps):
        names[f"m{number}"] = _Finder(entries, default).find
    for one in plan.inputs:
        names[f"words{one.cell}"] = plain_words(one)
        names[f"ten{written_places(one)}"] = Decimal(10).scaleb(written_places(one) - 1, EXACT)
    return names


def executed(owner: object, plan: Plan, source: str, names: dict[str, object], part: str = "") -> dict[str, object]:
    """The names after the generated `source` ran; its lines are shown as long as its `owner` lives."""
    file = f"<scheme {fingerprint(plan)[:12]}{part}>"
    # linecache shows the lines in tracebacks; without the finalizer a long-lived service would keep them all.
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    weakref.finalize(owner, linecache.cache.pop, file, None)
    code: CodeType = compile(source, file, "exec")
    exec(code, names)  # noqa: S102 - the text is ours: authors' names are quoted texts in it
    return names


class _Finder(dict[Raw, Raw]):
    """A constant map with its default."""

    def __init__(self, entries: Sequence[tuple[Raw, Raw]], default: Raw) -> None:
        super().__init__(entries)
        self._default = default

    def __missing__(self, key: Raw) -> Raw:
        return self._default

    @property
    def find(self) -> Callable[[Raw], Raw]:
        return self.__getitem__
