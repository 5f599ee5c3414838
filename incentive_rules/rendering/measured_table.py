"""What was measured by trying, whether or not it is promised: each figure with the two cases that show it."""

from __future__ import annotations

from collections.abc import Sequence

from ..base.text import listed
from ..base.words import colon, comma, in_language
from ..model.verdict import Counterexample, Measurement
from ..model.verdict_text import MOST_CELLS_TOLD, happening_in, measure_word, value_in
from .fairness_words import say_fair
from .markup import Html, el, with_names
from .two_cases import TitlesOfNames, cases_table, shown_in_case


def measured_section(measures: Sequence[Measurement], names: TitlesOfNames, language: str) -> Html:
    """All figures; the cases of each stand behind a heading that opens."""
    heads = [
        el("th", say_fair(word, language), scope="col", class_="n" if word in ("amount", "tried") else None)
        for word in ("measure", "amount", "tried", "where")
    ]  # fmt: skip
    rows = [_row(one, names, language) for one in measures]
    table = el("table", el("thead", el("tr", *heads)), el("tbody", *rows), class_="m")
    return el(
        "section", el("h2", say_fair("measured", language)), el("p", say_fair("measured_sub", language), class_="sub"),
        el("div", table, class_="wide"),
    )  # fmt: skip


def _row(one: Measurement, names: TitlesOfNames, language: str) -> Html:
    said = measure_word(one.keyword, language)
    said = in_language(language, said.replace("_", " ").capitalize(), said)
    line = el("small", names.title(one.line)) if one.line else ""
    amount = " / ".join(shown_in_case(part, language) for part in one.amount.split(" / "))
    shown = (*(() if one.shown is None else (one.shown,)), *one.further)
    where = tuple(part for found in shown for part in _where(found, names, language))
    return el(
        "tr", el("th", said, line, scope="row"), el("td", amount, class_="n"),
        el("td", f"{one.tried:,}", class_="n"), el("td", *where, class_="why"),
    )  # fmt: skip


def _where(found: Counterexample, names: TitlesOfNames, language: str) -> tuple[Html, ...]:
    """Who it is and what differs; then both cases as a table."""
    if not found.changes:
        return (el("p", f"{found.who} ", with_names(happening_in(found, language), names.title)),)
    changes = (
        f"{names.title(one.name)} {_side(one.before, language)} → {_side(one.after, language)}" for one in found.changes
    )  # fmt: skip
    told = el("p", f"{found.who}{colon(language)}{listed(changes, MOST_CELLS_TOLD, comma(language))}")
    cases = el("details", el("summary", say_fair("evidence", language)), cases_table(found, names, language))
    return told, cases


def _side(value: str | None, language: str) -> str:
    return value_in(None, language) if value is None else shown_in_case(value, language)
