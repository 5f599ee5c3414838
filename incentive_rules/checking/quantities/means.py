"""Makes the terms of weighted means: groups of indicators, the total, composites."""

from __future__ import annotations

from fractions import Fraction

from ...base.diagnostics import Other
from ...base.numbers import read_number, show_number
from ...lang.types import PLAIN, Bounds, Facts, Kind, Type
from ...model import scheme as s
from ...model import terms as t
from ..formulas.reader import unknown
from ..ranges.bounds import add_bounds, hull, multiply_bounds
from .quantity_formulas import QuantityFormulas

WHOLE_WEIGHT = Fraction(1)


def weighted_mean_term(formulas: QuantityFormulas, quantity: s.Quantity, body: s.WeightedMean) -> t.Term | None:
    """The term of a weighted mean; None, and reported, if weights or parts are wrong."""
    parts = [_part(formulas, quantity, part) for part in body.parts]
    weights = [_weight(formulas, quantity, part) for part in body.parts]
    if not body.relative and all(isinstance(p.weight, s.Literal) for p in body.parts):
        _check_total(formulas, quantity, body)
    terms = [p for p in parts if p is not None]
    scales = [w for w in weights if w is not None]
    if not terms or len(terms) < len(parts) or len(scales) < len(weights) or any(unknown(x) for x in (*terms, *scales)):
        return None
    _check_scales(formulas, quantity, body, terms)
    policy = _policy(formulas, quantity, body, terms)
    if policy is None:
        return None
    facts = _facts(terms, scales, policy, body)
    return t.Mean(
        facts=facts,
        place=body.place,
        weights=tuple(scales),
        parts=tuple(terms),
        missing=policy,
        at_least=body.at_least or 0,
    )


def _part(formulas: QuantityFormulas, quantity: s.Quantity, part: s.Part) -> t.Term | None:
    found = formulas.name_in_place(part.name, part.place, quantity.name)
    if unknown(found):
        return found
    if found.facts.type.kind is not Kind.NUMBER:
        formulas.report("number-needed", part.place, kind_word=str(found.facts.type.kind), name=part.name)
        return None
    if found.facts.type.money:
        formulas.report("plain-needed", part.place, name=part.name)
        return None
    return found


def _weight(formulas: QuantityFormulas, quantity: s.Quantity, part: s.Part) -> t.Term | None:
    weight = part.weight
    if isinstance(weight, s.Literal):
        value = read_number(weight.text)
        if value is None:
            return None
        if value < 0:
            formulas.report("weight-negative", weight.place, name=part.name)
            return None
        return t.Fixed(facts=Facts(PLAIN, bounds=Bounds(value, value)), place=weight.place, value=value)
    if not isinstance(weight, s.Formula) or weight.expression is None:
        return None
    found = formulas.formula(weight, quantity, formulas.base(quantity))
    if found is None or unknown(found):
        return found
    low = found.facts.bounds.low
    if found.facts.type.kind is not Kind.NUMBER or found.facts.may_miss or low is None or low < 0:
        formulas.report("weight-formula", weight.place, name=part.name, span=formulas.reader.span(found.facts))
        return None
    return found


def _check_total(formulas: QuantityFormulas, quantity: s.Quantity, body: s.WeightedMean) -> None:
    shown = [(p, p.weight, read_number(p.weight.text)) for p in body.parts if isinstance(p.weight, s.Literal)]
    values = [value for _, _, value in shown if value is not None]
    total = sum(values, Fraction(0))
    if len(values) < len(shown) or total == WHOLE_WEIGHT:
        return
    off = WHOLE_WEIGHT - total
    equal = len(values) > 2 and max(values) - min(values) <= abs(off) < Fraction(1, 100)  # 33.33% three times
    variant = "thirds" if equal else "short" if off > 0 else "over"
    formulas.report(
        "weights-total", body.place, variant=variant, name=quantity.name, total=_percent(total),
        off=_percent(abs(off)), sum=" + ".join(_percent(v) for v in values), count=str(len(values)),
        others=tuple(Other(w.place, p.name) for p, w, _ in shown),
    )  # fmt: skip


def _percent(value: Fraction) -> str:
    return f"{show_number(value * 100)}%"


def _check_scales(formulas: QuantityFormulas, quantity: s.Quantity, body: s.WeightedMean, terms: list[t.Term]) -> None:
    """Reports a score out of 200 in a mean of scores out of 100, where it would count double."""
    tops = [
        (term.facts.bounds.high, part)
        for term, part in zip(terms, body.parts, strict=True)
        if _reaches_bounds(formulas, term)
    ]
    known = [(top, part) for top, part in tops if top is not None and top > 0]
    if len(known) < 2:
        return
    most, least = max(known, key=lambda k: k[0]), min(known, key=lambda k: k[0])
    if most[0] >= 2 * least[0]:
        formulas.report(
            "scale-mismatch", most[1].place, name=quantity.name, part=most[1].name, top=show_number(most[0]),
            other=least[1].name, other_top=show_number(least[0]), others=(Other(least[1].place),),
        )  # fmt: skip


def _policy(formulas: QuantityFormulas, quantity: s.Quantity, body: s.WeightedMean, terms: list[t.Term]) -> str | None:
    if body.at_least is not None and body.at_least > len(terms):
        formulas.report(
            "at-least-many", body.place, name=quantity.name, wanted=str(body.at_least), parts=str(len(terms))
        )
        return None
    if body.missing is not None:
        return body.missing
    loose = [part for term, part in zip(terms, body.parts, strict=True) if term.facts.may_miss]
    if not loose:
        return "refuse"
    formulas.report(
        "group-missing",
        body.place,
        name=quantity.name,
        part=loose[0].name,
        others=tuple(Other(p.place) for p in loose[:3]),
    )
    return None


def _facts(terms: list[t.Term], weights: list[t.Term], policy: str, body: s.WeightedMean) -> Facts:
    loose = [x.facts.may_miss for x in terms]
    heavy = [_above_zero(w) for w in weights]
    sure = any(h and not x for x, h in zip(loose, heavy, strict=True))  # a known part that surely counts
    constant = [w.value for w in weights if isinstance(w, t.Fixed) and isinstance(w.value, Fraction)]
    weights_vary = len(constant) < len(weights)
    few = body.at_least is not None and sum(1 for x in loose if not x) < body.at_least
    # Weights that add to 0 make any mean missing; of `zero`, the weights of missing parts count too.
    may_miss = few or {
        "reweigh": not sure,
        "zero": not any(heavy),
        "refuse": any(loose) or not any(heavy),
    }[policy]  # fmt: skip
    around = terms[0].facts.bounds
    for x in terms[1:]:
        around = hull(around, x.facts.bounds)
    zero = Bounds(Fraction(0), Fraction(0))
    if not any(loose) and not weights_vary and sum(constant, Fraction(0)) == WHOLE_WEIGHT:
        total = zero
        for x, w in zip(terms, constant, strict=True):
            total = add_bounds(total, multiply_bounds(x.facts.bounds, Bounds(w, w)))
        around = total
    elif policy == "zero":
        around = hull(around, zero)
    unit = {x.facts.type.unit for x in terms}
    return Facts(Type(Kind.NUMBER, unit=unit.pop() if len(unit) == 1 else None), may_miss, around)


def _above_zero(term: t.Term) -> bool:
    return term.facts.bounds.low is not None and term.facts.bounds.low > 0


def _reaches_bounds(formulas: QuantityFormulas, term: t.Term) -> bool:
    """Whether the bounds of a term are sure to be reached, not only proved not to be passed."""

    def into(part: t.Term) -> tuple[t.Term, ...]:
        if isinstance(part, t.Read):
            quantity = formulas.symbols.quantities.get(part.name)
            return () if quantity is None else (quantity.term,)
        return t.operands(part) if isinstance(part, _REACHING) else ()

    return all(isinstance(part, (*_REACHING, t.Read, t.Fixed, t.LookUp)) for part in t.walk(term, into))


_REACHING = (t.Sum, t.Product, t.Extreme, t.Negated, t.Adjusted, t.Mean)
