"""Parses formulas: a text of the document becomes its syntax, or diagnostics with places in the document."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from ...base.diagnostics import Diagnostic, Fix
from ...base.numbers import read_number
from ...base.places import Place
from ...lang import nodes as n
from ...lang.functions import AWARD
from ...lang.keywords.words import FLAGS
from ...lang.made_names import MadeName
from ...lang.parser import parse
from ...model.document import Scalar
from ...model.scheme import Family, Formula, Literal
from .findings import LoadingLog

MOST_TERMS = 50


def formula(findings: LoadingLog, scalar: Scalar) -> Formula:
    """Parses the formula in `scalar`; its expression is None if the text was reported."""
    if scalar.rest is not None:
        rest = scalar.rest.source.text[scalar.rest.start : scalar.rest.end]
        findings.report("formula-cut", scalar.rest, "comment", text=scalar.text, rest=rest)
        return Formula(scalar.text, None, scalar.place, scalar.offsets)
    offsets, limits = scalar.offsets, findings.limits
    expression, faults = parse(
        scalar.text, length=limits.formula_chars, nodes=limits.formula_nodes, depth=limits.formula_depth,
        chain=limits.formula_chain, digits=limits.number_digits,
    )  # fmt: skip
    read = Formula(scalar.text, expression, scalar.place, offsets)
    for fault in faults:
        place = read.place_of(fault.start, fault.end)
        fixes = () if fault.replacement is None else (Fix(place, fault.replacement),)
        findings.diagnostics.append(Diagnostic(fault.code, place, fault.params, fault.variant, fixes=fixes))
    return read


def sum_formula(names: Sequence[str]) -> str:
    """The text of a sum of all `names`, in brackets of some fifty if there are many, so that it does not nest deep."""
    if len(names) <= MOST_TERMS:
        return " + ".join(names) or "0"
    starts = range(0, len(names), MOST_TERMS)
    return sum_formula([f"({' + '.join(names[i : i + MOST_TERMS])})" for i in starts])


def our_formula(text: str, place: Place) -> Formula:
    """A formula that loading makes, shown at `place`; an invalid name in it was reported at its own place."""
    expression, _ = parse(text, length=10**7, nodes=10**7)
    named = None if expression is None else _with_awards(expression)
    return Formula(text, named, place, (place.start,) * (len(text) + 1))


def written_out(formula: Formula, family: Family, member: str) -> Formula:
    """Replaces local names of a `repeat` member in a formula by full names, and its constants by their values."""
    text, pending = formula.text, [formula.expression]
    found: list[tuple[n.Name, str]] = []
    while pending:
        node = pending.pop()
        pending.extend(() if node is None else n.children(node))
        meant = family.resolve(member, node.name) if isinstance(node, n.Name) else None
        if isinstance(node, n.Name) and meant is not None:
            found.append((node, meant if isinstance(meant, str) else _as_written(meant)))
    for node, meant in sorted(found, key=lambda pair: -pair[0].start):
        text = f"{text[: node.start]}({meant}){text[node.end :]}"
    return our_formula(text, formula.place) if found else formula


def _as_written(constant: Literal) -> str:
    """A constant as a formula writes it: words in quotes."""
    plain = not constant.quoted and (read_number(constant.text) is not None or constant.text in FLAGS)
    return constant.text if plain else f'"{constant.text}"'


def _with_awards(node: n.Expression) -> n.Expression:
    """Replaces the call `award(honour)` by the name of that text, in sums that loading makes."""
    match node:
        case n.Call(function=function, arguments=(n.Name(name=honor),)) if function in AWARD:
            return n.Name(MadeName.AWARD.of(honor), start=node.start, end=node.end)
        case n.Call(arguments=parts):
            return evolve(node, arguments=tuple(map(_with_awards, parts)))
        case n.Arithmetic(left=left, right=right):
            return evolve(node, left=_with_awards(left), right=_with_awards(right))
        case _:
            return node
