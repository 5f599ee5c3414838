"""Tables whose values run along lines: `points` and `slices` may lead to further levels, as long as these give numbers.

`points` over a further level is interpolated between the values that the level gives at the next key; `slices` takes
these values as its rates. What has no meaning is reported: a line through words, rates of rates, an `else`
that no key can reach.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.numbers import read_number
from ...base.places import Place
from ...lang.keywords.words import MISSING
from ...model.scheme import Literal, Outputs, TableBody, TableKind
from .findings import Findings

LINES = (TableKind.POINTS, TableKind.SLICES)


def check_lines(name: str, body: TableBody, findings: Findings) -> bool:
    """Whether every line of a table runs through numbers and every product has one rate; reported if not."""
    fault = next(_faults(body, None), None) or _mixed(body)
    if fault is None:
        return True
    variant, place, text = fault
    findings.report("table-lines", place, variant=variant, name=name, text=text)
    return False


LineFault = tuple[str, Place, str]


def _faults(body: TableBody, above: TableBody | None) -> Iterator[LineFault]:
    """The faults below a line; `above` is the innermost line that leads here."""
    if body.kind in LINES and body.otherwise is not None:
        yield "else", body.otherwise.place, body.kind.value
    if body.kind is TableKind.SLICES and above is not None and above.kind is TableKind.SLICES:
        yield "twice", body.place, body.kind.value
    inner = body if body.kind in LINES else above
    for result in _results(body):
        if isinstance(result, TableBody):
            yield from _faults(result, inner)
        elif above is not None and body.kind not in LINES:  # of a line itself this was reported where it was read
            yield from _no_numbers(result)


def _no_numbers(outputs: Outputs) -> Iterator[LineFault]:
    for _, literal in outputs.values:
        if _is_missing(literal):
            yield "missing", literal.place, literal.text
        elif literal.quoted or read_number(literal.text) is None:
            yield "", literal.place, literal.text


def _is_missing(literal: Literal) -> bool:
    return literal.text in MISSING and not literal.quoted


def _mixed(body: TableBody) -> LineFault | None:
    """A row that leads to an amount by slices beside one that leads to a plain value; an `else` is an amount."""
    depths = dict(_slices_of(body, 0))
    if len(set(depths.values())) < 2:
        return None
    odd = next(place for place, depth in depths.items() if depth is None)
    return "mixed", odd, ""


def _slices_of(body: TableBody, depth: int) -> Iterator[tuple[Place, int | None]]:
    """For each innermost table at which depth its values were multiplied by slices, None for not at all."""
    inner = [result for _, result in body.rows if isinstance(result, TableBody)]
    if body.kind is TableKind.SLICES:
        yield body.place, depth
    elif not inner:
        yield body.place, None
    else:
        for one in inner:
            yield from _slices_of(one, depth + 1)


def sliced_at(body: TableBody) -> int | None:
    """The number, from 0, of the key that a sound table cuts into slices; None if it cuts none."""
    return next((depth for _, depth in _slices_of(body, 0)), None)


def _results(body: TableBody) -> list[TableBody | Outputs]:
    return [result for _, result in body.rows] + ([] if body.otherwise is None else [body.otherwise])
