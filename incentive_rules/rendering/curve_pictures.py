"""Curves of pay as small pictures of one upright scale: plateaus, cliffs, and where the person is."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from ..base.numbers import Rounding, decimals_of, rounded, show_number
from ..model.curves import CurvePoint, PayCurve, PayCurves
from .fairness_words import say_fair
from .markup import Html, el, markup_of, text

WIDE, HIGH, LEFT, RIGHT, TOP, BOTTOM = 300, 132, 62, 12, 12, 24
MOST_CLIFFS = 3  # told under one picture
MOST_LINES = 4  # of the grid
MOST_DECIMALS = 6  # of a value that is written out


def curve_section(found: PayCurves, language: str) -> Html:
    """All curves of a line, with the key to their signs."""
    who = ("、" if language == "zh" else ", ").join(f"{name} {_shown(value)}" for name, value in found.who)
    levels = _levels(found)
    return el(
        "section",
        el("h2", say_fair("curves_of_facts" if found.of_facts else "curves", language, line=found.title), id="curves"),
        el("p", say_fair("facts_sub" if found.of_facts else "curves_sub", language, who=who), class_="sub"),
        _key(language),
        el("div", *(_figure(curve, levels, found.decimals, language) for curve in found.curves), class_="multi"),
        aria_labelledby="curves",
    )


def _key(language: str) -> Html:
    flat = el("svg", el("path", class_="pl", d="M0 4H26"), width=26, height=8, aria_hidden="true")
    cliff = el("svg", el("path", class_="cl", d="M6 0V14"), width=12, height=14, aria_hidden="true")
    here = el("svg", el("circle", class_="here", cx=6, cy=6, r=4), width=12, height=12, aria_hidden="true")
    signs = (("key_plateau", flat), ("key_cliff", cliff), ("key_here", here))
    return el("ul", *(el("li", sign, say_fair(word, language)) for word, sign in signs), class_="keyline")


def _levels(found: PayCurves) -> list[Fraction]:
    """The amounts at which all pictures have a line: those that are paid, or some between the least and the most."""
    amounts = sorted({point.amount for curve in found.curves for point in curve.points})
    if len(amounts) <= MOST_LINES:
        return amounts
    low, high = amounts[0], amounts[-1]
    return [low + (high - low) * n / (MOST_LINES - 1) for n in range(MOST_LINES)]


def _figure(curve: PayCurve, levels: list[Fraction], decimals: int, language: str) -> Html:
    told = [say_fair("weight", language, weight=curve.weight)] if curve.weight else []
    told += [say_fair(curve.better, language)] if curve.better in ("higher", "lower") else []
    heading = el("h3", curve.title, el("small", ("，" if language == "zh" else ", ").join(told)))
    said = [markup_of(*line) for line in _captions(curve, decimals, language)]
    label = "; ".join(_plain(line) for line in said)
    picture = el(
        "svg", _drawn(curve, levels), viewBox=f"0 0 {WIDE} {HIGH}", role="img", aria_label=f"{curve.title}: {label}"
    )
    return el("figure", heading, picture, el("figcaption", *(el("p", line) for line in said)))


def _plain(markup: Html) -> str:
    return markup.replace("<b>", "").replace("</b>", "").replace("&lt;", "<").replace("&amp;", "&")


def _captions(curve: PayCurve, decimals: int, language: str) -> Iterator[tuple[str, ...]]:
    """What the picture shows, in words."""
    first, last = curve.points[0], curve.points[-1]
    if len({point.amount for point in curve.points}) == 1:
        low, high = value_text(first.value), value_text(last.value)
        yield (say_fair("flat", language, amount=money(first.amount, decimals), low=low, high=high),)
        return
    for one, other in curve.cliffs[:MOST_CLIFFS]:
        change = difference(other.amount - one.amount, decimals)
        said = say_fair("cliff", language, before=value_text(one.value), after=value_text(other.value), change="\0")
        before, _, after = said.partition("\0")
        yield (before, el("b", change), after)
    if len(curve.cliffs) > MOST_CLIFFS:
        yield (say_fair("more_cliffs", language, count=len(curve.cliffs) - MOST_CLIFFS),)
    slope = [pair for pair in pairwise(curve.points) if pair[0].amount != pair[1].amount and pair not in curve.cliffs]
    if slope:
        low, high = value_text(slope[0][0].value), value_text(slope[-1][1].value)
        yield (say_fair("slope", language, low=low, high=high),)
    plateaus = sorted(curve.plateaus, key=lambda ends: ends[0].value - ends[1].value)
    if plateaus:
        begin, end = plateaus[0]
        yield (say_fair("plateau", language, low=value_text(begin.value), high=value_text(end.value)),)


def _drawn(curve: PayCurve, levels: list[Fraction]) -> Html:
    low, high = curve.points[0].value, curve.points[-1].value
    least, most = min(levels), max(levels)

    def across(value: Fraction) -> str:
        share = (value - low) / (high - low) if high > low else Fraction(1, 2)
        return _at(LEFT + share * (WIDE - LEFT - RIGHT))

    def up(amount: Fraction) -> str:
        share = (amount - least) / (most - least) if most > least else Fraction(1, 2)
        return _at(HIGH - BOTTOM - share * (HIGH - TOP - BOTTOM))

    parts = [el("path", class_="gl", d=f"M{LEFT} {up(one)}H{WIDE - RIGHT}") for one in levels]
    parts += [el("text", _short(one), class_="yl", x=LEFT - 6, y=str(float(up(one)) + 3.5)) for one in levels]
    parts.append(el("path", class_="ax", d=f"M{LEFT} {HIGH - BOTTOM + 4}H{WIDE - RIGHT}"))
    for first, last in curve.plateaus:
        parts.append(el("path", class_="pl", d=f"M{across(first.value)} {up(first.amount)}H{across(last.value)}"))
    for one, other in curve.cliffs:
        parts.append(el("path", class_="cl", d=f"M{across(other.value)} {up(one.amount)}V{up(other.amount)}"))
    on_plateau = {point for ends in curve.plateaus for point in _between(curve, *ends)}
    parts += [el("circle", class_="dot", cx=across(point.value), cy=up(point.amount), r="1.6")
              for point in curve.points if point not in on_plateau]  # fmt: skip
    parts.append(el("circle", class_="here", cx=across(curve.here.value), cy=up(curve.here.amount), r=4))
    parts += _axis(curve, across)
    return markup_of(*parts)


def _axis(curve: PayCurve, across: object) -> list[Html]:
    """The two ends, and where the person is unless that is one of them or too near."""
    low, high, here = curve.points[0].value, curve.points[-1].value, curve.here.value
    y = HIGH - 6
    found = [el("text", value_text(low), class_="xl", x=LEFT, y=y)]
    if high > low:
        found.append(el("text", value_text(high), class_="xl", x=WIDE - RIGHT, y=y, text_anchor="end"))
        share = (here - low) / (high - low)
        if Fraction(1, 5) < share < Fraction(4, 5):
            place = _at(LEFT + share * (WIDE - LEFT - RIGHT))
            found.append(el("text", value_text(here), class_="xl at", x=place, y=y, text_anchor="middle"))
    return found


def _between(curve: PayCurve, first: CurvePoint, last: CurvePoint) -> Iterator[CurvePoint]:
    yield from (point for point in curve.points if first.value <= point.value <= last.value)


def _shown(value: str) -> str:
    return with_separators(value) if value.replace(".", "", 1).isdigit() else value


def _at(place: Fraction | int) -> str:
    return show_number(rounded(Fraction(place), 2, Rounding.HALF_UP), 2)


def _short(amount: Fraction) -> str:
    """An amount beside a line of the grid, without cents where it has none."""
    whole = amount.denominator == 1
    return with_separators(show_number(amount, 0 if whole else 2))


def money(amount: Fraction, decimals: int) -> str:
    return with_separators(show_number(amount, min(decimals, 4)))


def difference(change: Fraction, decimals: int) -> str:
    """`+1,800.00`, `−2,250.00`."""
    return ("+" if change >= 0 else "−") + money(abs(change), decimals)


def value_text(value: Fraction) -> str:
    """What was measured: all decimals of a short number, four of one that has too many."""
    decimals = decimals_of(value)
    shown = show_number(value) if decimals is not None and decimals <= MOST_DECIMALS else show_number(value, 4)
    return with_separators(shown)


def with_separators(number: str) -> str:
    """`10,800.00`: a plain number with separators; a minus sign that is as wide as a digit."""
    sign, digits = ("−", number[1:]) if number.startswith("-") else ("", number)
    whole, point, part = digits.partition(".")
    return f"{sign}{int(whole):,}{point}{part}" if whole.isdigit() else str(text(number))
