"""The groups that data compare, each pair with its gap and its interval."""

from __future__ import annotations

from ..base.numbers import show_number
from ..model.verdict import GroupGap, Verdict
from ..model.verdict_text import interval_text
from .badges import badge
from .fairness_words import say_fair
from .markup import Html, el
from .two_cases import promise_title


def groups_section(verdict: Verdict, anchor: str, language: str) -> Html:
    """All pairs of groups, the gravest first."""
    heads = [
        el("th", say_fair(word, language), scope="col", class_="n" if word in ("gap", "interval", "n") else None)
        for word in ("verdict", "group", "gap", "interval", "n")
    ]  # fmt: skip
    rows = [_row(one, language) for one in verdict.gaps]
    title = say_fair("groups", language, promise=promise_title(verdict.promise, language))
    return el(
        "section", el("h2", title, id=anchor), el("p", say_fair("groups_sub", language), class_="sub"),
        el("table", el("thead", el("tr", *heads)), el("tbody", *rows), class_="v"), aria_labelledby=anchor,
    )  # fmt: skip


def _row(one: GroupGap, language: str) -> Html:
    where = f"{one.within} {one.category}" if one.category else ""
    gap = "—" if one.gap is None else f"{show_number(one.gap * 100, 1)}%"
    counts = " + ".join(f"{count:,}" for count in one.counts)
    told = el("small", f"{one.by}{f' · {where}' if where else ''}")

    def cell(word: str, value: str) -> Html:
        return el("td", value, class_="n", data_head=say_fair(word, language))

    return el(
        "tr", el("td", badge(one.status, language)), el("th", f"{one.group} / {one.reference}", told, scope="row"),
        cell("gap", gap), cell("interval", interval_text(one)), cell("n", counts),
    )  # fmt: skip
