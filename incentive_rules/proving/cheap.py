"""What a check says of promises: those that rules alone refute, and those that it leaves open.

Data flow, bounds, the document and directions take no people, and little time. What they leave open `prove` looks for.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..base.diagnostics import Diagnostic, Other
from ..base.words import both
from ..lang.keywords import BLOCKS
from ..model import promises as p
from ..model.checked import Checked
from ..model.verdict import Status, Verdict
from .idle import idle_indicators
from .prove import verdicts_of


def promises_broken(checked: Checked) -> Iterator[Diagnostic]:
    """A finding for each indicator that a promise says counts, and that moves nothing.

    What the document itself breaks was found where its promises were checked.
    """
    for promise in checked.scheme.promises:
        if isinstance(promise, p.EveryIndicatorCounts):
            excepted = {one.name.text for one in promise.exceptions}
            for name, quantity in idle_indicators(checked):
                if name not in excepted:
                    params = {"name": name, "promise_word": _word(promise.keyword)}
                    others = (Other(quantity.definition.place),)
                    yield Diagnostic("promise-broken", promise.place, params, "idle", others)


def promises_left_open(checked: Checked) -> Iterator[Diagnostic]:
    """A hint for each promise that is not proved, with the lines that keep it from being so."""
    for verdict in verdicts_of(checked):
        if verdict.status is Status.UNKNOWN:
            yield _left_open(verdict)


def _left_open(verdict: Verdict) -> Diagnostic:
    params = {"promise_word": _word(verdict.promise)}
    if not verdict.obstacles:
        return Diagnostic("promise-open", verdict.place, params)
    first = verdict.obstacles[0]
    places = dict.fromkeys(one.place for one in verdict.obstacles if one.place is not None)
    params |= {"name": first.name, "reason_word": first.reason}
    return Diagnostic("promise-open", verdict.place, params, "blamed", tuple(map(Other, places)))


def _word(keyword: str) -> str:
    return both(keyword, BLOCKS["promises"].by_key[keyword].chinese)
