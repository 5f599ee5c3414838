"""Whatever can change an amount changes the fingerprint: each field of each noun of a document is changed in turn.

The change is made in the scheme that was read, which is checked anew: so it is the whole way from the document to the
fingerprint that must not forget a field. A field that changes nothing stands below, with its reason.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import attrs
import pytest

from incentive_rules.base.numbers import Rounding
from incentive_rules.base.periods import read_period
from incentive_rules.base.places import Place
from incentive_rules.checking import check_scheme
from incentive_rules.compiling import compile_plan, fingerprint_of_meaning
from incentive_rules.compiling.fingerprint import _Digests
from incentive_rules.compiling.meaning import NOT_RUN, PEOPLE, PLACE, WITHOUT_MEANING
from incentive_rules.lang.parser import parse
from incentive_rules.lang.types import Facts, Kind, Type
from incentive_rules.loading import load
from incentive_rules.model import checked as checked_nouns
from incentive_rules.model import levels as level_nouns
from incentive_rules.model import scheme as s
from incentive_rules.model import terms as t
from tests.compiling.every_noun import SCHEMES

PERIOD = read_period("2026-03")
EXAMPLE = "examples are tested, and nobody is paid by them"
LABEL = "a label, which arithmetic drops"
PROMISE = "a promise, which is proved and not computed"
CALLED = "what formulas call it, which all change with it"
MESSAGE = "for messages and explanations"

# Beside what `compiling.meaning` lists, of the nouns of which checking makes terms.
NO_MEANING: dict[type, dict[str, str]] = {
    s.Formula: {"expression": "the text, parsed", "place": PLACE, "offsets": PLACE},
    s.Tbd: {"place": PLACE, "what": "a hole is refused"},
    s.Literal: {"place": PLACE, "quoted": MESSAGE},
    s.Outputs: {"place": PLACE},
    s.TableBody: {"place": PLACE},
    s.Dated: {"changes_inside": NOT_RUN},
    s.Table: {
        "name": CALLED, "place": PLACE, "title": PEOPLE, "unit": LABEL, "keys": "how its arguments are called"},
    s.Parameter: {
        "name": CALLED, "type": "it is checked, and the value is the same",
        "place": PLACE, "title": PEOPLE, "unit": LABEL, "source": PEOPLE},
    s.Function: {"name": CALLED, "takes": CALLED, "place": PLACE, "title": PEOPLE},
    s.Part: {"place": PLACE},
    s.WeightedMean: {"place": PLACE, "relative": "the weights themselves are formulas then"},
    s.TableOf: {"place": PLACE},
    s.Pool: {"place": PLACE, "each_place": PLACE, "to_place": PLACE},
    s.Places: {"place": PLACE},
    s.Honor: {"place": PLACE, "within_place": PLACE},
    s.Distribution: {"place": PLACE, "argument_place": PLACE, "within_place": PLACE},
    s.Recorded: {"place": PLACE},
    s.Given: {"place": PLACE, "source": "made by the library for one person alone, never by a document"},
    s.Adjustment: {"place": PLACE, "reason": PEOPLE},
    s.Family: {
        "place": PLACE, "name": CALLED, "members": "each member's own names count",
        "constants": "they stand in the formulas of the members", "locals": "how members' names were made",
    },
    s.Selection: {"place": PLACE, "over_place": PLACE, "name": CALLED},
    s.Fact: dict.fromkeys(("name", "value", "place", "rows"), EXAMPLE),
    s.ExamplePerson: dict.fromkeys(("key", "facts", "expect", "place"), EXAMPLE),
    s.Example: dict.fromkeys(("name", "period", "facts", "expect", "place", "people"), EXAMPLE),
    s.Note: dict.fromkeys(("key", "text", "place", "items"), PEOPLE),
    s.Group: {"name": "what its table is called: see `Collection.table`"},
}
# Reasons in `compiling.meaning` that hold of the way through the terms alone: these fields must count in the end.
NOWHERE = (PEOPLE, PLACE, NOT_RUN, LABEL, PROMISE)
ELSEWHERE = {
    (s.Scheme, name)
    for name in ("name", "keyword_language", "lost_names", "examples", "example_periods", "promises", "families",
                 "period_kind", "selections", "functions", "tables", "parameters")
} | {(s.Quantity, "family"), (s.Quantity, "member"), (s.Indicator, "parent")}  # fmt: skip


def nouns() -> list[type]:
    return [one for one in vars(s).values() if inspect.isclass(one) and attrs.has(one) and one.__module__ == s.__name__]


def fields() -> list[tuple[type, str]]:
    every = [(noun, one.name) for noun in nouns() for one in attrs.fields(noun) if one.init]
    return [(noun, name) for noun, name in every if not _is_excused(noun, name)]


def _is_excused(noun: type, name: str) -> bool:
    if name in NO_MEANING.get(noun, {}) or (noun, name) in ELSEWHERE:
        return True
    return WITHOUT_MEANING.get(noun, {}).get(name) in NOWHERE


@cache
def samples() -> tuple[tuple[s.Scheme, str], ...]:
    found = []
    for text in SCHEMES:
        scheme, findings = load(text, "sample.yaml")
        assert scheme is not None, findings
        fingerprint = _fingerprint(scheme)
        assert fingerprint, text
        found.append((scheme, fingerprint))
    return tuple(found)


def _fingerprint(scheme: s.Scheme) -> str:
    """That of a scheme for the period; empty where the check refuses it."""
    checked, _ = check_scheme(scheme, PERIOD)
    return "" if checked is None or checked.lost else fingerprint_of_meaning(checked)


# ── Changes ───────────────────────────────────────────────────────────────────────────────────────


def changed(whole: Any, noun: type, name: str) -> Iterator[Any]:
    """The whole with this field of one noun in it as something else, for each noun and each way."""
    if isinstance(whole, noun):
        if isinstance(whole, s.Formula | s.Literal):
            yield from _texts(whole)
        else:
            yield from (attrs.evolve(whole, **{name: other}) for other in others(noun, name, getattr(whole, name)))
    if isinstance(whole, tuple):
        for number, part in enumerate(whole):
            yield from ((*whole[:number], other, *whole[number + 1 :]) for other in changed(part, noun, name))
    elif attrs.has(type(whole)) and not isinstance(whole, Place):
        for one in attrs.fields(type(whole)):
            inside = changed(getattr(whole, one.name), noun, name) if one.init else ()
            yield from (attrs.evolve(whole, **{one.alias: other}) for other in inside)


WORDS = {
    (s.Pool, "cents"): ("largest_remainder", "keep_remainder"), (s.Pool, "left_out"): ("shared",),
    (s.Pool, "remainder"): ("refuse",), (s.Pool, "each"): ("area", "everyone"), (s.Pool, "to"): ("", "tasks"),
    (s.Places, "of"): ("eligible",), (s.Honor, "ties"): ("none", "refuse"), (s.Honor, "within"): ("everyone",),
    (s.Distribution, "ties"): ("none", "refuse"), (s.Distribution, "within"): ("everyone",),
    (s.Distribution, "argument"): ("level",), (s.WeightedMean, "missing"): ("zero", "refuse", "reweigh"),
    (s.Adjustment, "action"): ("set", "multiply", "add"), (s.PayLine, "kind"): ("deduction", "employer_cost"),
    (s.Recorded, "source"): ("kept",), (s.Input, "carried_from"): ("tail", "place"), (s.Input, "column"): ("Other",),
    (s.Input, "type"): ("number", "money", "integer", "date"), (s.Parameter, "type"): ("number", "integer"),
    (s.Table, "type"): ("money", "integer"), (s.Quantity, "type"): ("number", "money"),
    (s.Quantity, "every"): ("month", "quarter", "half_year", "year"), (s.Quantity, "table"): ("visits", "area"),
    (s.Input, "written"): ("DD/MM/YYYY", ""), (s.Input, "suffix"): ("lb", ""), (s.TableOf, "give"): ("factor",),
    (s.TableOf, "argument"): ("mark",), (s.Details, "gaps"): ("refuse",), (s.Details, "without_owner"): ("refuse",),
    (s.Selection, "over"): ("idle",), (s.Scheme, "currency"): ("JPY", "USD"), (s.Part, "name"): ("rest",),
    (s.Indicator, "better"): ("none",), (s.Group, "key"): ("region",), (s.Distribution, "give"): ("factor", "grade"),
}  # fmt: skip
TEXTS = ("1", "0", "2.5", "50%", "b", "a", "true", "2027-01-01")


def others(noun: type, name: str, value: Any) -> Iterator[Any]:
    yield from WORDS.get((noun, name), ())
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, Enum):
        yield from (one for one in type(value) if one is not value)
    elif isinstance(value, int):
        yield from (value + 1, value - 1)
    elif isinstance(value, str) and noun is s.Formula:
        yield from (f"({value}) + 1", f"({value}) * 2", f"not ({value})", "points", "level", "false")
    elif isinstance(value, str) and noun is s.Literal:
        yield from (text for text in TEXTS if text != value)
    elif isinstance(value, str):
        yield f"{value}_x"
    elif isinstance(value, date):
        yield from (value + timedelta(days=1),) if value < date.max else ()
        yield from (value - timedelta(days=1),) if value > date.min else ()
    elif isinstance(value, tuple):
        yield from _tuples(value)
    elif value is None:
        yield from _somethings(noun, name)
    elif isinstance(value, s.Formula | s.Literal):
        yield from _texts(value)
        yield None
    elif attrs.has(type(value)):
        yield from (None, s.Tbd(_place(value), "a hole"))
        yield from _inside(value)


def _texts(value: Any) -> Iterator[Any]:
    for text in others(type(value), "text", value.text):
        yield _formula(text, value) if isinstance(value, s.Formula) else attrs.evolve(value, text=text)


def _inside(value: Any) -> Iterator[Any]:
    for one in attrs.fields(type(value)):
        if one.init and one.eq:
            found = others(type(value), one.name, getattr(value, one.name))
            yield from (attrs.evolve(value, **{one.alias: other}) for other in found)


def _tuples(value: tuple[Any, ...]) -> Iterator[Any]:
    for number, part in enumerate(value):
        yield (*value[:number], *value[number + 1 :])
        for other in others(tuple, "", part):
            yield (*value[:number], other, *value[number + 1 :])
    if len(value) > 1:
        yield value[::-1]
    if not value:
        yield from ((), ("x",), (("a", ("x",)),))


def _place(value: Any) -> Place:
    return value.place if hasattr(value, "place") else Place.__new__(Place)


def _somethings(noun: type, name: str) -> Iterator[Any]:
    place = samples()[0][0].place
    yield from (2, 1, "x", Rounding.DOWN, True)
    for text in TEXTS:
        yield s.Literal(text, place)
    for text in ("1", "mark > 50", "points > 50", "size > 3", "false", "level"):
        yield _formula(text, s.Formula(text, None, place, ()))


def _formula(text: str, like: s.Formula) -> s.Formula:
    """A formula of another text; all its characters stand where that of `like` begins."""
    return s.Formula(text, parse(text)[0], like.place, (like.place.start,) * (len(text) + 1))


# ── The whole way ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("noun", "name"), fields(), ids=lambda one: one if isinstance(one, str) else one.__name__)
def test_a_field_that_changes_changes_the_fingerprint(noun: type, name: str) -> None:
    every = [(other, mark) for scheme, mark in samples() for other in changed(scheme, noun, name)]
    Random(0).shuffle(every)  # most changes are refused; those of one place, all or none
    same = 0
    for other, fingerprint in every:
        try:
            found = _fingerprint(other)
        except (AttributeError, TypeError, ValueError, KeyError, AssertionError, IndexError):
            continue  # a document that loading never makes
        if found not in ("", fingerprint):
            return
        same += found == fingerprint
    told = f"{same} of {len(every)} changes left the fingerprint as it was, the others were refused"
    pytest.fail(f"{noun.__name__}.{name}: {told}")


def test_no_noun_of_a_document_is_left_out_of_the_samples() -> None:
    """A noun that stands in no sample would be judged by nothing."""
    met: set[type] = set()
    pending: list[Any] = [scheme for scheme, _ in samples()]
    while pending:
        one = pending.pop()
        met.add(type(one))
        if isinstance(one, tuple):
            pending += one
        elif attrs.has(type(one)) and not isinstance(one, Place):
            pending += [getattr(one, field.name) for field in attrs.fields(type(one))]
    for noun in set(nouns()) - met:
        assert all(_is_excused(noun, one.name) for one in attrs.fields(noun) if one.init), noun


# ── The nouns that checking makes ─────────────────────────────────────────────────────────────────


def test_every_excuse_names_a_field_that_is_there_and_gives_a_reason() -> None:
    for noun, reasons in (*WITHOUT_MEANING.items(), *NO_MEANING.items()):
        assert reasons.keys() <= {one.name for one in attrs.fields(noun)}, noun
        assert all(reasons.values())


def terms() -> list[tuple[type, str]]:
    every = [one for one in vars(t).values() if inspect.isclass(one) and attrs.has(one) and issubclass(one, t.Base)]
    told = [(noun, one.name) for noun in every if noun is not t.Base for one in attrs.fields(noun)]
    return [(noun, name) for noun, name in told if name not in ("facts", "place", *WITHOUT_MEANING.get(noun, {}))]


NUMBER = Facts(Type(Kind.NUMBER))
ONE, TWO, THREE = (t.Fixed(Fraction(n), facts=NUMBER) for n in (1, 2, 3))
# A value of each field of a term that is no formula, and another one.
PAIRS: dict[str, tuple[Any, Any]] = {
    "value": (Fraction(1), None), "name": ("a", "b"), "minus": (False, True), "missing_at_zero": (False, True),
    "exponent": (2, 3), "operator": ("<", "<="), "members": (("a",), ("a", "b")), "chain": (False, True),
    "largest": (False, True), "decimals": (1, 2), "mode": ("up", "down"), "missing": ("zero", "refuse"),
    "at_least": (1, 2), "function": ("sum", "max"), "source": ((), ("a",)), "level": ((), ("a",)),
    "group": ((), ("a",)), "others": (False, True), "most": (1, 2), "method": ("linear", "at_least"),
    "fraction": (Fraction(1, 2), Fraction(1, 3)), "ties": ("standard", "dense"), "left_out": ("shared", "kept"),
    "grid": (t.Grid("from", ((Fraction(0), Fraction(1)),)), t.Grid("up_to", ((Fraction(0), Fraction(1)),))),
    "keys": (((ONE, False),), ((ONE, True),)), "table": ("a", "b"),
    "steps": ((t.AdjustmentStep("add", None, ONE),), (t.AdjustmentStep("multiply", None, ONE),)),
    "wheres": ((None, ONE), (ONE, None)), "values": ((None, ONE), (ONE, None)),
}  # fmt: skip
LISTS = ("operands", "weights", "parts", "order")


def _pair(noun: type, name: str) -> tuple[Any, Any]:
    if noun in (t.Aggregate, t.Running) and name == "value":
        return ONE, TWO
    if noun is t.LookUp and name == "keys":
        return (ONE,), (TWO,)
    if name in LISTS:
        return (ONE, TWO), (ONE, THREE)
    return PAIRS.get(name, (ONE, TWO))


@pytest.mark.parametrize(("noun", "name"), terms(), ids=lambda one: one if isinstance(one, str) else one.__name__)
def test_each_field_of_a_term_counts(noun: type, name: str) -> None:
    base = {one.name: _pair(noun, one.name)[0] for one in attrs.fields(noun) if one.name not in ("facts", "place")}
    other = {**base, name: _pair(noun, name)[1]}
    first, second, again = (_Digests().of(noun(**fields, facts=NUMBER)) for fields in (base, other, dict(base)))
    assert first == again != second
    if any(None in (value, *(value if isinstance(value, tuple) else ())) for value in base.values()):
        return
    optional = [one for one in ("when", "among", "cap", "where") if one in base]
    shifted = [_Digests().of(noun(**{**base, one: None}, facts=NUMBER)) for one in optional]
    assert len({first, *shifted}) == 1 + len(optional)  # which of them is absent counts too


@pytest.mark.parametrize("module", [checked_nouns, level_nouns], ids=["checked", "levels"])
def test_a_noun_that_is_added_to_what_is_checked_is_walked(module: Any) -> None:
    """`Levels` is a mapping of collections, which are walked one by one."""
    found = {one for one in vars(module).values() if inspect.isclass(one) and attrs.has(one)}
    assert {one for one in found if one.__module__ == module.__name__} <= {*WITHOUT_MEANING, level_nouns.Levels}


def test_a_plan_is_made_of_what_is_checked_and_of_nothing_else() -> None:
    """So the fields of its nouns need no fingerprint of their own."""
    assert list(inspect.signature(compile_plan).parameters)[:1] == ["checked"]
    assert len([p for p in inspect.signature(compile_plan).parameters.values() if p.default is p.empty]) == 1
