"""An audit as a person at a terminal reads it; names of the data are escaped and shortened: no terminal obeys them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import partial
from itertools import groupby
from math import isinf

from ..base.numbers import show_number
from ..base.text import echo, pad, width
from ..base.words import comma, in_language
from .report import LIMIT_OF, Audit, AuditFigure, AuditVerdict, GroupFigures, Interval
from .words import say_audit

_MOST_ROWS = 20  # of one table
_NAME, _WIDE = 24, 100  # characters of a name; columns of a line
_MUCH, _MUCH_MORE = 10**12, 10_000  # an amount, and a ratio, that is not written out
_WIDTHS = (60, 40, 32, 24, 16, 10, 6)  # characters of names in a table, the most that fit
_OF_EVERYBODY = {
    "gini": ("gini",), "indicators": ("ceiling", "floor", "effective_weight"), "noise": ("grade_flips",),
}  # fmt: skip
_ORDER = (AuditVerdict.OUTSIDE, AuditVerdict.INCONCLUSIVE, AuditVerdict.INSIDE, None)


def as_text(audit: Audit, language: str) -> str:
    """The whole report."""
    return "\n".join(line.rstrip() for line in _lines(audit, language))


def _lines(audit: Audit, language: str) -> Iterable[str]:
    counts = set(audit.people.values())
    people = (
        say_audit("people", language, count=f"{next(iter(counts)):,}") if len(counts) == 1
        else ", ".join(say_audit("people_of", language, of=_name(of), count=f"{n:,}") for of, n in audit.people.items())
    )  # fmt: skip
    title = "title_all" if audit.min_group == 1 else "title"
    yield from _wrapped(
        say_audit(title, language, people=people, confidence=shown_share(audit.confidence), least=audit.min_group), ""
    )
    for one in audit.left_out:
        fewer = say_audit("fewer", language, least=audit.min_group)
        several = "person" if one.count == 1 else "people"
        count = fewer if one.count is None else say_audit(several, language, count=f"{one.count:,}")
        where = f"{_name(one.of)}: " if len(audit.people) > 1 and one.of else ""
        yield from _wrapped(where + say_audit(f"left_{one.why}", language, count=count, name=_name(one.name)), "  ")
    for what, name in audit.notes:
        yield from _wrapped(say_audit(what, language, name=_name(name), least=audit.min_group), "  ")
    for (of, by, within), figures in _sections(audit):
        yield ""
        yield from _heading(audit, of, by, within, language)
        if not within:
            here = [g for g in audit.groups if (g.of, g.by, g.within) == (of, by, "")]
            here += [g for g in audit.groups if g.of == of and not g.by]
            yield from _fitting(partial(_group_lines, here, language=language)) if here else ()
        for measure, of_measure in groupby(figures, key=lambda figure: figure.measure):
            yield from _figure_lines(audit, measure, list(of_measure), language)
        for hidden in audit.not_shown:
            if (hidden.of, hidden.by, hidden.within) == (of, by, within):
                said = {"cells": hidden.cells, "categories": hidden.categories, "within": _name(within)}
                yield from _wrapped(say_audit("not_shown", language, **said), "  ")
    yield from _everybody(audit, language)
    yield ""
    yield from _ending(audit, language)


def _sections(audit: Audit) -> list[tuple[tuple[str, str, str], list[AuditFigure]]]:
    """The figures of groups by measure, grouping and categories; a place with groups and no figure as well."""
    places: dict[tuple[str, str, str], list[AuditFigure]] = {
        (g.of, g.by, g.within): [] for g in audit.groups if g.by
    }  # fmt: skip
    for hidden in audit.not_shown:
        places.setdefault((hidden.of, hidden.by, hidden.within), [])
    for figure in audit.figures:
        if figure.by:
            places.setdefault((figure.of, figure.by, figure.within), []).append(figure)
    order = ("mean_gap", "median_gap", "rate_ratio", "standardised_gap", "reversal")
    return [(place, sorted(found, key=lambda f: order.index(f.measure))) for place, found in places.items()]


def _heading(audit: Audit, of: str, by: str, within: str, language: str) -> Iterable[str]:
    said = {"of": _name(of), "by": _name(by), "within": _name(within)}
    yield from _wrapped(say_audit("by_within" if within else "by", language, **said), "")


def _group_lines(groups: Sequence[GroupFigures], most: int, language: str) -> Iterable[str]:
    """What each group was paid, names cut to so many characters; what single people are paid in a second table."""
    first = groups[0]
    heads = ["group", "n", "share"] if first.is_share else ["group", "n", "mean", "median", "receiving"]
    rows = [[say_audit(head, language) for head in heads]]
    for one in groups:
        paid = [amount(one.mean), amount(one.median), _tenths(one.receiving)]
        rows.append([_group_name(one, most, language), f"{one.n:,}", *([_tenths(one.mean)] if one.is_share else paid)])
    right = [False, *[True] * (len(heads) - 1)]
    if first.bands:
        quarters = [say_audit("bands", language), *("  ".join(f"{_tenths(b):>6}" for b in one.bands) for one in groups)]
        rows = [[*row, quarter] for row, quarter in zip(rows, quarters, strict=True)]
        right.append(False)
    yield from _table(rows, right)
    if first.is_share or first.least is None:
        return
    heads = ["group", "deviation", "least", "greatest"]
    rows = [[say_audit(head, language) for head in heads]]
    for one in groups:
        deviation = "" if one.deviation is None else amount(Fraction(one.deviation))
        ends = [amount(end) for end in (one.least, one.greatest) if end is not None]
        rows.append([_group_name(one, most, language), deviation, *ends])
    yield from _table(rows, [False, True, True, True])


def _group_name(one: GroupFigures, most: int, language: str) -> str:
    return _name(one.group, most) if one.by else say_audit("everyone", language)


def _figure_lines(audit: Audit, measure: str, figures: Sequence[AuditFigure], language: str) -> Iterable[str]:
    """One measure of each category or pair; where all are of one pair, the heading names it."""
    pairs = {(figure.group, figure.reference) for figure in figures}
    one_pair = len(pairs) == 1 and measure != "rate_ratio"
    title = say_audit(measure, language, within=_name(figures[0].within))
    if one_pair:
        group, reference = (_name(name) for name in next(iter(pairs)))
        pair = say_audit("of_pair", language, group=group, reference=reference)
        title += comma(language) + pair
    yield from _wrapped(title + _limit(audit, figures[0], language), "  ")
    ordered = sorted(figures, key=lambda f: (_ORDER.index(f.verdict), -abs(f.value or 0), f.category, f.group))
    yield from _fitting(lambda most: _figure_rows(ordered[:_MOST_ROWS], one_pair, most, language))
    if len(figures) > _MOST_ROWS:
        yield "    " + say_audit("more", language, count=len(figures) - _MOST_ROWS)


def _figure_rows(figures: Sequence[AuditFigure], one_pair: bool, most: int, language: str) -> Iterable[str]:
    """A row for each figure, names of categories and groups cut to so many characters."""
    categories = any(figure.category for figure in figures)
    heads = [_name(figures[0].within, most)] * categories + [say_audit("groups", language)] * (not one_pair)
    rows = [[*heads, *[say_audit(name, language) for name in ("value", "interval", "n", "verdict")]]]
    for figure in figures:
        cells = [_name(figure.category, most)] * categories
        cells += [f"{_name(figure.group, most)} / {_name(figure.reference, most)}"] * (not one_pair)
        rows.append([*cells, *_figure_cells(figure, language)])
    return _table(rows, [*[False] * len(heads), True, True, True, False])


def _figure_cells(figure: AuditFigure, language: str) -> list[str]:
    """Value, interval, n, verdict."""
    n = " / ".join(f"{count:,}" for count in figure.counts) if figure.counts else f"{figure.n:,}"
    value = say_audit("no_value", language) if figure.value is None else _shown(figure, figure.value)
    verdict = "" if figure.verdict is None else say_audit(figure.verdict, language)
    return [value, _ends(figure, figure.interval, language), n, verdict]


def _everybody(audit: Audit, language: str) -> Iterable[str]:
    """The figures that are about all people and not about a group: inequality, indicators, noise."""
    for title, measures in _OF_EVERYBODY.items():
        found = [figure for figure in audit.figures if figure.measure in measures]
        if not found:
            continue
        yield ""
        yield say_audit(title, language)
        for measure in measures:
            here = [figure for figure in found if figure.measure == measure]
            if not here:
                continue
            limit = _limit(audit, here[0], language)
            if title != measure or limit:
                yield from _wrapped(say_audit(measure, language) + limit, "  ")
            weighed = [say_audit("nominal", language)] * (measure == "effective_weight")
            rows = [["", *weighed, *[say_audit(name, language) for name in ("value", "interval", "n", "verdict")]]]
            for figure in here:
                nominal = [] if figure.nominal is None else [shown_share(figure.nominal)]
                rows.append([_name(figure.of, 24), *nominal, *_figure_cells(figure, language)])
            yield from _table(rows, [False, *[True] * (3 + len(weighed)), False])


def _limit(audit: Audit, figure: AuditFigure, language: str) -> str:
    """The limit of a measure, in brackets; of a weight the share of the nominal one."""
    name = LIMIT_OF.get(figure.measure, "")
    limit = audit.limits.get(name) if name == "weight" else figure.limit
    if limit is None:
        return ""
    kind = {"gap": "limit_gap", "ratio": "limit_ratio", "weight": "limit_weight"}.get(name, "limit_most")
    shown = show_number(limit, 2) if name in ("ratio", "gini") else shown_share(limit)
    said = say_audit(kind, language, limit=shown)
    return in_language(language, f" ({said})", f"（{said}）")


def _ending(audit: Audit, language: str) -> Iterable[str]:
    counts = {verdict.value: audit.count(verdict) for verdict in AuditVerdict}
    yield say_audit("total", language, **counts)
    judged = sum(figure.interval is not None and figure.verdict is not None for figure in audit.figures)
    if judged > 1:
        missed = 1 - audit.confidence
        expected = show_number(missed * judged, 1)
        said = {"missed": shown_share(missed), "count": judged, "expected": expected}
        yield from _wrapped(say_audit("chance", language, **said), "")
    methods = dict.fromkeys(figure.method for figure in audit.figures if figure.interval is not None)
    if methods:
        listed = in_language(language, "; ", "；").join(say_audit(method, language) for method in methods)
        yield from _wrapped(say_audit("methods", language) + in_language(language, ": ", "：") + listed, "")


# ── Cells and lines ───────────────────────────────────────────────────────────────────────────────


def shown_share(value: Fraction) -> str:
    """One decimal: `5.1%`; none where it is a whole number."""
    hundredths = value * 100
    return f"{show_number(hundredths, 0 if hundredths.denominator == 1 else 1)}%"


def _tenths(value: Fraction) -> str:
    """One decimal, as in the other rows of a column."""
    return f"{show_number(value * 100, 1)}%"


def amount(value: Fraction) -> str:
    """Two decimals and separators: `92,678.40`; of very many digits the first six."""
    if abs(value) >= _MUCH:
        return f"{float(value):.6g}"
    whole, _, decimals = show_number(value, 2).partition(".")
    return f"{int(whole):,}.{decimals}" if whole != "-0" else f"-0.{decimals}"


def _is_plain(figure: AuditFigure) -> bool:
    return figure.measure in ("rate_ratio", "gini")


def _shown(figure: AuditFigure, value: Fraction) -> str:
    return show_number(value, 2 if figure.measure == "rate_ratio" else 3) if _is_plain(figure) else _fixed(float(value))


def _fixed(value: float) -> str:
    if abs(value) >= _MUCH_MORE:
        return f"{value * 100:.3g}%"
    text = f"{value * 100:.1f}%"
    return "0.0%" if text == "-0.0%" else text


def _ends(figure: AuditFigure, ends: Interval | None, language: str) -> str:
    if figure.value is None or figure.measure == "reversal":
        return ""
    if ends is None:
        return say_audit("no_interval", language)
    places = 2 if figure.measure == "rate_ratio" else 3
    low, high = (("∞" if isinf(e) else f"{e:.{places}f}") if _is_plain(figure) else _fixed(e) for e in ends)
    return f"[{low}, {high}]"


def _name(text: str, most: int = _NAME) -> str:
    return echo(text, most)


def _fitting(lines_of: Callable[[int], Iterable[str]]) -> Iterable[str]:
    """The lines with names cut to as many characters as fit the width."""
    lines: list[str] = []
    for most in _WIDTHS:
        lines = list(lines_of(most))
        if max(map(width, lines)) <= _WIDE:
            break
    return lines


def _table(rows: Sequence[Sequence[str]], right: Sequence[bool]) -> Iterable[str]:
    columns = [max(width(row[n]) for row in rows) for n in range(len(right))]
    for row in rows:
        yield "    " + "  ".join(pad(cell, columns[n], right[n]) for n, cell in enumerate(row))


def _wrapped(text: str, indent: str) -> Iterable[str]:
    """The text in lines that fit the width, broken at blanks, or anywhere between Chinese characters."""
    line = indent
    for piece in text.split(" "):
        blank = "" if line.strip() == "" else " "
        if width(line) + width(blank + piece) <= _WIDE:
            line += blank + piece
            continue
        if line.strip():
            yield line
        line = indent + "  "
        for character in piece:
            if width(line) + width(character) > _WIDE:
                yield line
                line = indent + "  "
            line += character
    yield line
