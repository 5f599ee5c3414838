"""One person in two cases side by side: the facts that differ, what follows from them, and the money at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from ..base.numbers import show_number
from ..base.words import colon
from ..model.scheme import SCORES, Role, Scheme
from ..model.titles import titles_in
from ..model.verdict import Change, Counterexample
from ..model.verdict_text import happening_in, promise_word, result_word, value_in
from .curve_pictures import with_separators
from .fairness_words import say_fair
from .markup import Html, el, with_names

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
FRACTION = re.compile(r"(-?\d+)/(\d+) \(≈ (-?[\d.]+)\)")
STAGE_OF = {
    Role.MEASURED: "measures", Role.GRADE: "scores", Role.PAY: "money", Role.RESULT: "money",
    **dict.fromkeys(SCORES, "scores"),
}  # fmt: skip
STAGES = ("measures", "scores", "values", "money")
MOST_CELLS = 40  # of a row of one world that is shown whole


class TitlesOfNames:
    """What the scheme calls its names for people: titles, where it has them."""

    def __init__(self, scheme: Scheme, language: str) -> None:
        self._language = language
        self.roles = {one.name: one.role for one in scheme.quantities}
        self.titles = titles_in(scheme, language)

    def title(self, name: str) -> str:
        """The title of a name; of what an indicator measured, the indicator's."""
        found = self.titles.get(name, "")
        if self.roles.get(name) is Role.RESULT and not found:
            found = result_word(name, self._language)
        inner = name.removeprefix("value(").removesuffix(")") if name.startswith("value(") else ""
        return found or self.titles.get(inner, "") or name

    def subject(self, said: str) -> str:
        """What a promise is about, `line ≤ 3600.00`, with the line's title and separators."""
        name, sign, limit = said.partition(" ≤ ")
        limit = with_separators(limit) if NUMBER.fullmatch(limit) else limit
        return f"{self.title(name)}{sign}{limit}"

    def stage(self, name: str) -> str:
        return STAGE_OF.get(self.roles.get(name, Role.QUANTITY), "values")


def promise_title(keyword: str, language: str) -> str:
    """A promise as a heading: `Better never pays less`."""
    said = promise_word(keyword, language)
    return said if language == "zh" else said.replace("_", " ").capitalize()


def pair_section(
    promise: str, found: Counterexample, anchor: str, names: TitlesOfNames, blame: tuple[Html, ...], language: str
) -> Html:  # fmt: skip
    """What shows a promise broken; `blame` is what keeps it from being proved."""
    word = "pair" if found.changes else "one_case"
    title = say_fair(word, language, promise=promise_title(promise, language))
    happens = el("p", f"{found.who} ", with_names(happening_in(found, language), names.title), class_="sub")
    side = [el("h3", say_fair("blame", language)), *blame] if blame else []
    side += [el("h3", say_fair("next", language)), el("p", say_fair("next_text", language))]
    grid = el("div", cases_table(found, names, language), el("div", *side, class_="side"), class_="pairgrid")
    return el("section", el("h2", title, id=anchor), happens, grid, _worlds(found, names, language),
              aria_labelledby=anchor)  # fmt: skip


def lost(found: Counterexample, names: TitlesOfNames) -> str:
    """How much less is paid in the second case, in the last line of money that falls; "" where none does."""
    for name, before, after in reversed(found.stages):
        one, other = _number(before), _number(after)
        if names.stage(name) == "money" and one is not None and other is not None and other < one:
            return with_separators(show_number(one - other, len(before.partition(".")[2])))
    return ""


def cases_table(found: Counterexample, names: TitlesOfNames, language: str) -> Html:
    """Both cases stage by stage: what differs in the data, and what follows from it."""
    heads = [el("th", say_fair("differs", language), scope="col")]
    heads += [el("th", say_fair(word, language), scope="col", class_="n") for word in ("one", "other", "change")]
    stages: dict[str, list[Html]] = {"facts": [_change(one, names, language) for one in found.changes]}
    for name, before, after in found.stages:
        stage = names.stage(name)
        sort = "key" if stage == "money" else ""
        stages.setdefault(stage, []).append(_row(names.title(name), "", before, after, sort, language))
    bodies = []
    for number, stage in enumerate((one for one in ("facts", *STAGES) if stages.get(one)), 1):
        head = el("th", el("i", str(number)), say_fair(stage, language), scope="rowgroup", colspan=4)
        bodies.append(el("tbody", el("tr", head, class_="st"), *stages[stage]))
    return el("table", el("thead", el("tr", *heads)), *bodies, class_="pair")


def _change(one: Change, names: TitlesOfNames, language: str) -> Html:
    table = say_fair("row", language, table=names.title(one.table), row=one.row) if one.table else ""
    return _row(names.title(one.name), table, "—" if one.before is None else one.before,
                "—" if one.after is None else one.after, "", language)  # fmt: skip


def _row(title: str, small: str, before: str, after: str, sort: str, language: str) -> Html:
    told = (title, el("small", small)) if small else (title,)
    cells = [el("td", shown_in_case(value, language), class_="n") for value in (before, after)]
    return el("tr", el("th", *told, scope="row"), *cells, _difference(before, after), class_=sort or None)


def _difference(before: str, after: str) -> Html:
    one, other = _number(before), _number(after)
    if one is None or other is None or one == other:
        return el("td", "", class_="n")
    change = other - one
    decimals = max((len(text.partition(".")[2]) for text in (before, after) if NUMBER.fullmatch(text)), default=4)
    size = with_separators(show_number(abs(change), decimals))
    return el("td", f"▲ +{size}" if change > 0 else f"▼ −{size}", class_=f"n {'up' if change > 0 else 'down'}")


def _number(value: str) -> Fraction | None:
    if NUMBER.fullmatch(value):
        return Fraction(value)
    found = FRACTION.fullmatch(value)
    return Fraction(int(found[1]), int(found[2])) if found else None


def shown_in_case(value: str, language: str) -> str:
    """A value with separators; of an exact fraction its decimals; of a word of ours the reader's."""
    found = FRACTION.fullmatch(value)
    if found:
        return f"≈ {found[3]}"
    return with_separators(value) if NUMBER.fullmatch(value) else value_in(value, language)


# ── The whole of both cases ──────────────────────────────────────────────────────────────────


def _worlds(found: Counterexample, names: TitlesOfNames, language: str) -> Html:
    """All rows of both cases, behind a heading that opens; cells that differ are marked."""
    said = []
    for word, world, other in (("one", found.world, found.other), ("other", found.other, found.world)):
        said.append(el("h3", say_fair(word, language)))
        said += _tables(world, other, names, language)
    return el("details", el("summary", say_fair("world", language)), *said, class_="noprint")


def _tables(
    world: Mapping[str, tuple[Mapping[str, str], ...]], other: Mapping[str, tuple[Mapping[str, str], ...]],
    names: TitlesOfNames, language: str,
) -> Iterator[Html]:  # fmt: skip
    for table, rows in world.items():
        if not rows:
            continue
        columns = list(dict.fromkeys(name for row in rows for name in row))[:MOST_CELLS]
        there = other.get(table, ())
        caption = el("caption", names.title(table) if table else say_fair("people", language), colon(language).strip())
        heads = el("tr", *(el("th", names.title(name), scope="col") for name in columns))
        body = []
        for number, row in enumerate(rows):
            same = there[number] if number < len(there) else {}
            body.append(el("tr", *(
                el("td", row.get(name, ""), class_="moved" if row.get(name) != same.get(name) else None)
                for name in columns
            )))  # fmt: skip
        whole = el("table", caption, el("thead", heads), el("tbody", *body), class_="world")
        yield el("div", whole, class_="wide")
