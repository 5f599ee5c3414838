"""The report on promises as a page: each verdict with its grounds, two cases side by side, curves, measurements."""

from __future__ import annotations

from collections.abc import Iterator

from ..base.text import listed
from ..base.words import colon, comma, in_language, list_separator, word_in
from ..lang.keywords import BLOCKS
from ..model.curves import PayCurves
from ..model.titles import scheme_title
from ..model.verdict import Directions, Happening, Obstacle, ProofReport, Status, Verdict
from ..model.verdict_text import happening_in, periods_text
from .badges import badge
from .curve_pictures import curve_section
from .fairness_style import STYLE
from .fairness_words import MEANS, say_fair
from .groups_table import groups_section
from .markup import Html, el, markup_of, whole_page, with_names
from .measured_table import measured_section
from .two_cases import TitlesOfNames, lost, pair_section, promise_title

ORDER = (
    Status.REFUTED, Status.INCONCLUSIVE, Status.UNKNOWN, Status.TESTED, Status.ACCEPTED, Status.NOT_APPLICABLE,
    Status.PROVED,
)  # fmt: skip
MOST_MET = 4  # things met at one obstacle


def fairness_page(report: ProofReport, curves: PayCurves | None, language: str) -> str:
    """The whole page, in `zh` or `en`."""
    verdicts = sorted(report.verdicts, key=lambda one: ORDER.index(one.status))
    numbered = {id(verdict): number for number, verdict in enumerate(verdicts, 1)}
    names = TitlesOfNames(report.scheme, language)
    title = say_fair("title", language)
    parts = [
        el("a", say_fair("skip", language), class_="skip", href="#verdicts"),
        el("main", *_main(report, verdicts, numbered, names, curves, language), class_="page"),
    ]
    shown = scheme_title(report.scheme, language)
    return whole_page(f"{title} · {shown}", language, STYLE, markup_of(*parts))


def _main(
    report: ProofReport, verdicts: list[Verdict], numbered: dict[int, int], names: TitlesOfNames,
    curves: PayCurves | None, language: str,
) -> Iterator[Html]:  # fmt: skip
    yield _head(report, language)
    if report.scheme.status == "example":
        yield el("p", say_fair("example", language), class_="demo")
    yield _lead(report, verdicts, names, language)
    if verdicts:
        yield _tally(report, language)
        yield _table(verdicts, numbered, names, language)
    for verdict in verdicts:
        if verdict.counterexample is not None:
            blame, anchor = _blame(verdict, names, language), f"pair-{numbered[id(verdict)]}"
            yield pair_section(verdict.promise, verdict.counterexample, anchor, names, blame, language)
        for number, found in enumerate(verdict.further, 2):
            yield pair_section(verdict.promise, found, f"pair-{numbered[id(verdict)]}-{number}", names, (), language)
        if verdict.gaps:
            yield groups_section(verdict, f"groups-{numbered[id(verdict)]}", language)
    for one in report.directions:
        yield _directions(one, names, language)
    if curves is not None and curves.curves:
        yield curve_section(curves, language)
    if report.measures:
        yield measured_section(report.measures, names, language)
    if report.not_promised:
        words = list_separator(language).join(promise_title(name, language) for name in report.not_promised)
        yield el("section", el("h2", say_fair("not_promised", language)), el("p", words, class_="sub"))
    yield el("p", say_fair("made", language), class_="note")


def _head(report: ProofReport, language: str) -> Html:
    scheme = report.scheme
    told = [scheme_title(scheme, language)]
    told += [say_fair("version", language, version=scheme.version)] if scheme.version else []
    told += [periods_text(report.periods)] if report.periods else []
    return el("header", el("h1", say_fair("title", language)), el("p", " · ".join(told)), class_="head")


def _lead(report: ProofReport, verdicts: list[Verdict], names: TitlesOfNames, language: str) -> Html:
    count = len(report.scheme.promises)
    word = "lead_none" if not count else "lead_one" if count == 1 else "lead"
    said = [say_fair(word, language, count=count)]
    broken = [one for one in verdicts if one.status is Status.REFUTED]
    if not count:
        return el("p", said[0], class_="lead")
    if not broken:
        return el("p", f"{said[0]}{in_language(language, ' ', '')}{say_fair('all_fine', language)}", class_="lead")
    what = list_separator(language).join(dict.fromkeys(_what(one, names, language) for one in broken))
    word = "refuted_one" if len(broken) == 1 else "refuted_many"
    refuted = el("b", say_fair(word, language, count=len(broken), what=what))
    return el("p", said[0], in_language(language, " ", ""), refuted, class_="lead")


def _what(verdict: Verdict, names: TitlesOfNames, language: str) -> str:
    """A promise that is broken, and how much it costs somebody."""
    about = f" · {names.subject(verdict.subject)}" if verdict.subject else ""
    said = promise_title(verdict.promise, language) + about
    found = verdict.counterexample
    less = "" if found is None or found.happening is not Happening.PAYS_LESS else lost(found, names)
    return said + (in_language(language, f" ({less} less)", f"（少得 {less}）") if less else "")


def _tally(report: ProofReport, language: str) -> Html:
    items = []
    for status in ORDER:
        count = report.count(status)
        if count:
            meant = el("p", in_language(language, *MEANS[status]))
            items.append(el("li", el("div", el("strong", str(count)), badge(status, language)), meant))
    return el("ul", *items, class_="tally")


# ── Verdict by verdict ───────────────────────────────────────────────────────────────────────


def _table(verdicts: list[Verdict], numbered: dict[int, int], names: TitlesOfNames, language: str) -> Html:
    heads = el("tr", *(el("th", say_fair(word, language), scope="col") for word in ("verdict", "promise", "why")))
    rows = [_row(verdict, numbered[id(verdict)], names, language) for verdict in verdicts]
    table = el("table", el("thead", heads), el("tbody", *rows), class_="v")
    return el("section", el("h2", say_fair("verdicts", language), id="verdicts"), table, aria_labelledby="verdicts")


def _row(verdict: Verdict, number: int, names: TitlesOfNames, language: str) -> Html:
    field = BLOCKS["promises"].by_key[verdict.promise]
    subject = names.subject(verdict.subject)
    if verdict.status is Status.ACCEPTED:
        subject = say_fair("exception", language, name=names.title(verdict.subject))
    told = [promise_title(verdict.promise, language)]
    told += [f" · {subject}"] if subject else []
    meaning = el("small", in_language(language, field.meaning_en, field.meaning_zh))
    line = say_fair("line", language, line=verdict.place.line)
    where = el("small", f"{verdict.principle} · {verdict.place.source.name} {line}")
    return el(
        "tr", el("td", badge(verdict.status, language)), el("th", "".join(told), meaning, where, scope="row"),
        el("td", *_grounds(verdict, number, names, language), class_="why"),
    )  # fmt: skip


def _grounds(verdict: Verdict, number: int, names: TitlesOfNames, language: str) -> Iterator[Html]:
    period = in_language(language, f" ({verdict.period})", f"（{verdict.period}）") if verdict.period else ""
    links = []
    if verdict.counterexample is not None:
        links.append(el("a", say_fair("evidence", language), class_="noprint", href=f"#pair-{number}"))
    if verdict.gaps:
        links.append(el("a", say_fair("table", language), class_="noprint", href=f"#groups-{number}"))
    after = [part for link in links for part in (" ", link)]
    yield el("p", with_names(word_in(verdict.grounds, language) + period, names.title), *after)
    if verdict.counterexample is not None:
        happens = happening_in(verdict.counterexample, language)
        yield el("p", f"{verdict.counterexample.who} ", with_names(happens, names.title))
    else:
        yield from _blame(verdict, names, language)
    for note in verdict.notes:
        yield el("p", with_names(word_in(note, language), names.title))


def _blame(verdict: Verdict, names: TitlesOfNames, language: str) -> tuple[Html, ...]:
    """The lines that keep a promise from being proved, each with its reason and where it was met."""
    items = [_obstacle(one, names, language) for one in verdict.obstacles]
    return (el("ul", *items),) if items else ()


def _obstacle(one: Obstacle, names: TitlesOfNames, language: str) -> Html:
    line = f" ({say_fair('line', language, line=one.place.line)})" if one.place is not None else ""
    about = [word_in(phrase, language) for phrase in one.about]
    reason = with_names(word_in(one.reason, language), names.title)
    parts: list[str] = [names.title(one.name), line, colon(language), reason]
    if about:
        met = with_names(listed(about, MOST_MET, comma(language)), names.title)
        parts.append(el("small", met))
    return el("li", *parts)


def _directions(found: Directions, names: TitlesOfNames, language: str) -> Html:
    """Which facts are proved to raise a result, and which to lower it."""
    line = names.title(found.result)
    parts = [el("h2", say_fair("directions", language, line=line))]
    for word, facts in (("raises", found.raise_it), ("lowers", found.lower_it), ("nothing_proved", found.open)):
        if facts:
            told = list_separator(language).join(map(names.title, facts))
            parts += [el("h3", say_fair(word, language, line=line, count=len(facts))), el("p", told, class_="sub")]
    return el("section", *parts)
