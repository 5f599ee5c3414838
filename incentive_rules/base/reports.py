"""Writes findings for people and programs: diagnostics and data problems as text, as one line each, or as JSON.

The only place where a code, its parameters and its places become words. Whatever an author wrote is escaped and
shortened here, so no report can move a cursor, forge a line or hide half of a formula.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from .codes import CODES
from .diagnostics import Diagnostic, Severity
from .json_types import Json
from .limits import DEFAULT_LIMITS, Limits
from .places import Place
from .problems import Problem
from .text import HIDDEN, escape, shorten, width
from .words import colon, comma, in_language, is_chinese, word_in

FORMATS = ("text", "concise", "json")
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}
_HEADS = (("error", "warning", "hint"), ("错误", "警告", "提示"))
_HOLE = re.compile(r"\{\{|\}\}|(`?)\{([a-z_][a-z0-9_]*)\}(`?)")
_LINE_COLUMNS = 160  # of an excerpt
_OTHERS = 20  # further places of one finding; the message names as much of a longer path as it can
_PARAMETER = 400  # characters of a parameter that is no echo: a list of words, a mended line


def severity_of(code: str) -> Severity:
    """The severity of a code; a code that the catalogue lacks counts as an error."""
    return CODES[code].severity if code in CODES else Severity.ERROR


def message_of(finding: Diagnostic | Problem, language: str = "en", limits: Limits = DEFAULT_LIMITS) -> str:
    """The message of a finding, on one line."""
    if finding.code not in CODES:
        return _fill("{code}", {"code": finding.code}, limits, language)
    return _fill(CODES[finding.code].wording(language, finding.variant).message, finding.params, limits, language)


def help_of(finding: Diagnostic | Problem, language: str = "en", limits: Limits = DEFAULT_LIMITS) -> str:
    """The remedy of a finding, on one line; "" if there is none."""
    if finding.code not in CODES:
        return ""
    return _fill(CODES[finding.code].wording(language, finding.variant).help, finding.params, limits, language)


def _fill(wording: str, params: Mapping[str, str], limits: Limits, language: str) -> str:
    """Fills the holes once; a hole alone between backticks is an echo, cut at 60 characters (but for `mended`)."""

    def fill(found: re.Match[str]) -> str:
        if found.group() in ("{{", "}}"):
            return found.group()[0]
        left, name, right = found.groups()
        most = limits.echo_chars if left and right and not name.startswith("mended") else _PARAMETER
        value = params.get(name, "…")
        if name.endswith("_word"):
            value = word_in(value, language)
        return left + shorten(escape(value[: 4 * _PARAMETER]), most) + right

    return shorten(escape(_HOLE.sub(fill, wording)), limits.message_chars)


def in_report_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Errors, then warnings, then hints; each group by place, and nothing twice."""

    def key(diagnostic: Diagnostic) -> tuple[int, str, int, int, str]:
        place = diagnostic.place
        rank = _RANK[severity_of(diagnostic.code)]
        where = (place.source.name, place.start, place.end) if place else ("", -1, -1)
        return (rank, *where, diagnostic.code)

    unique: list[Diagnostic] = []
    for diagnostic in sorted(diagnostics, key=key):
        if not unique or diagnostic != unique[-1]:
            unique.append(diagnostic)
    return tuple(unique)


def render(
    diagnostics: Iterable[Diagnostic], format: str = "text", language: str = "en", limits: Limits = DEFAULT_LIMITS
) -> str:
    """A report of diagnostics as `text`, `concise` or `json`, in `en` or `zh`; empty text for no findings."""
    findings = in_report_order(diagnostics)
    shown, more = findings[: limits.errors], len(findings) - limits.errors
    if format == "json":
        return _as_json([_diagnostic_json(d, language, limits) for d in shown], more, language)
    if format == "concise":
        return _joined("\n", [_concise(d, language, limits) for d in shown], more, language)
    return _joined("\n\n", [_text(d, language, limits) for d in shown], more, language)


def render_problems(
    problems: Sequence[Problem], format: str = "text", language: str = "en", limits: Limits = DEFAULT_LIMITS
) -> str:
    """A report of refused data in the same three formats, in the order of the rows.

    As a text each cause is reported once. Of many of one kind in one column the first are reported and the others
    counted with their places; problems that only follow from another cause are counted.
    """
    if format == "json":
        shown, more = problems[: limits.errors], len(problems) - limits.errors
        return _as_json([_problem_json(p, language, limits) for p in shown], more, language)
    reported, further, waiting = _reported_once(problems)
    render_one: Callable[[Problem, str, Limits], str] = _problem_concise if format == "concise" else _problem_text
    parts = [render_one(one, language, limits) for one in reported[: limits.errors]]
    parts += [_further(kind, language) for kind in further[: limits.errors]]
    if len(reported) > limits.errors:
        parts.append(_more(len(reported) - limits.errors, language))
    parts += _waiting(waiting, language)
    return ("\n" if format == "concise" else "\n\n").join(parts)


MOST_OF_A_KIND = 3  # that are told in full
_MOST_PLACES = 5
ReportedProblems = tuple[list[Problem], list[list[Problem]], list[Problem]]


def _reported_once(problems: Sequence[Problem]) -> ReportedProblems:
    """The problems to report; those of each kind that are only counted; and those that follow from others.

    A key that is in several rows is reported at the first one: its message names them all.
    """
    causes = [problem for problem in problems if not problem.follows] or list(problems)
    waiting = [problem for problem in problems if problem.follows] if len(causes) < len(problems) else []
    once: dict[object, Problem] = {}
    for number, problem in enumerate(causes):
        twice = problem.code == "data-key-twice"
        once.setdefault((problem.variant, *problem.params.items()) if twice else number, problem)
    reported: list[Problem] = []
    kinds: dict[object, list[Problem]] = {}
    for problem in once.values():
        kind = kinds.setdefault((problem.code, problem.variant, problem.table, problem.column, problem.place), [])
        kind.append(problem)
        if len(kind) <= MOST_OF_A_KIND or not problem.code.startswith("data-"):
            reported.append(problem)
    further = [kind[MOST_OF_A_KIND:] for kind in kinds.values() if kind[0].code.startswith("data-")]
    return reported, [kind for kind in further if kind], waiting


def _further(kind: Sequence[Problem], language: str) -> str:
    """How many more problems there are of a kind, and the places of the first of them."""
    first = kind[0]
    where = [place for one in kind[:_MOST_PLACES] if (place := _short_place(one, language))]
    more = len(kind) - len(where)
    places = ", ".join(where) + (" …" if more and where else "")
    column = shorten(escape(first.column))
    if is_chinese(language):
        column = f"“{column}”列" if column else ""
        return f"{column}另有 {len(kind):,} 处同样的问题（{first.code}）" + (f"：{places}" if places else "")
    column = f" in column {column}" if column else ""
    return f"and {len(kind):,} more of {first.code}{column}" + (f": {places}" if places else "")


def _short_place(problem: Problem, language: str) -> str:
    """`people.csv:3`; without a line the row, or the key."""
    if problem.line is not None:
        return f"{escape(problem.table)}:{problem.line}"
    if problem.row is None:
        return shorten(escape(problem.key))
    return in_language(language, f"row {problem.row}", f"第 {problem.row} 行")


def _waiting(problems: Sequence[Problem], language: str) -> list[str]:
    """How many people and rows wait for the reported problems to be mended, and the first of them."""
    people = list(dict.fromkeys(problem.key for problem in problems if problem.key))
    rows = list(dict.fromkeys(_short_place(problem, language) for problem in problems if not problem.key))
    said = []
    counted = (people, "person waits", "people wait", "人"), (rows, "row waits", "rows wait", "行")
    for names, one, many, word in counted:
        which = ", ".join(shorten(escape(name)) for name in names[:_MOST_PLACES]) + " …" * (len(names) > _MOST_PLACES)
        if names and is_chinese(language):
            said.append(f"另有 {len(names):,} {word}受此牵连，改正后即可计算：{which}")
        elif names:
            said.append(f"and {len(names):,} {one if len(names) == 1 else many} for this to be mended: {which}")
    return said


def _joined(between: str, parts: list[str], more: int, language: str) -> str:
    if more > 0:
        parts = [*parts, _more(more, language)]
    return between.join(parts)


def _more(count: int, language: str) -> str:
    return in_language(language, f"and {count} more", f"另有 {count} 处")


def _head(finding: Diagnostic | Problem, language: str, limits: Limits) -> str:
    word = in_language(language, *_HEADS)[_RANK[severity_of(finding.code)]]
    return f"{word}[{finding.code}]{colon(language)}{message_of(finding, language, limits)}"


def _remedy(finding: Diagnostic | Problem, language: str, limits: Limits) -> list[str]:
    remedy = help_of(finding, language, limits)
    return [in_language(language, "help: ", "怎么改：") + remedy] if remedy else []


def _where(place: Place) -> str:
    return f"{escape(place.source.name)}:{place.line}:{place.column}"


def _text(diagnostic: Diagnostic, language: str, limits: Limits) -> str:
    lines = [_head(diagnostic, language, limits)]
    places = [diagnostic.place] if diagnostic.place else []
    places += [other.place for other in diagnostic.others[:_OTHERS]]
    gutter = max((len(str(place.line)) for place in places), default=1)
    if diagnostic.place:
        lines += [f"{' ' * gutter}--> {_where(diagnostic.place)}", *_excerpt(diagnostic.place, gutter, marked=True)]
    for other in diagnostic.others[:_OTHERS]:
        if diagnostic.place is None or other.place.source.name != diagnostic.place.source.name:
            lines.append(f"{' ' * gutter}--> {_where(other.place)}")
        (line,) = _excerpt(other.place, gutter, marked=False)
        label = shorten(escape(other.label), limits.echo_chars)
        lines.append(f"{line}   <- {label}" if label else line)
    return "\n".join(lines + _remedy(diagnostic, language, limits))


def _excerpt(place: Place, gutter: int, marked: bool) -> list[str]:
    """The line of a place, and a row of carets under it, both counted in columns of the screen."""
    raw = place.source.line_text(place.line)
    start = min(place.column - 1, len(raw))
    end = max(min(start + place.end - place.start, len(raw)), start)
    before, middle, after = escape(raw[:start]), escape(raw[start:end]), escape(raw[end:])
    if len(before) > _LINE_COLUMNS // 2:
        before = "…" + before[len(before) - _LINE_COLUMNS // 2 + 1 :]
    middle = shorten(middle, _LINE_COLUMNS // 2)
    after = after if len(after) <= _LINE_COLUMNS // 2 else after[: _LINE_COLUMNS // 2 - 1] + "…"
    shown = [f"{place.line:>{gutter}} | {before}{middle}{after}".rstrip()]
    if marked:
        shown.append(f"{' ' * gutter} | {' ' * width(before)}{'^' * max(1, width(middle))}")
    return shown


def _concise(diagnostic: Diagnostic, language: str, limits: Limits) -> str:
    where = f"{_where(diagnostic.place)}: " if diagnostic.place else ""
    return f"{where}{diagnostic.code} {message_of(diagnostic, language, limits)}"


def _as_json(findings: list[Json], more: int, language: str) -> str:
    if more > 0:
        findings = [*findings, {"code": "more", "severity": "hint", "message": _more(more, language), "count": more}]
    # The text of a fix is exact, so what it hides is escaped in the manner of JSON.
    return HIDDEN.sub(lambda found: json.dumps(found.group())[1:-1], json.dumps(findings, ensure_ascii=False, indent=2))


def _range(place: Place) -> Json:
    source = place.source
    ends: dict[str, Json] = {}
    for name, offset in (("start", place.start), ("end", place.end)):
        ends[name] = {"line": source.line_of(offset), "column": source.column_of(offset), "offset": offset}
    return ends


def _place_json(place: Place | None) -> dict[str, Json]:
    return {"file": escape(place.source.name), "range": _range(place)} if place else {"file": None, "range": None}


def _params_json(params: Mapping[str, str]) -> Json:
    return {name: shorten(escape(value), _PARAMETER) for name, value in params.items()}


def _common_json(finding: Diagnostic | Problem, language: str, limits: Limits) -> dict[str, Json]:
    return {
        "code": finding.code,
        "severity": severity_of(finding.code).value,
        "message": message_of(finding, language, limits),
        "help": help_of(finding, language, limits),
        "params": _params_json(finding.params),
    }


def _diagnostic_json(diagnostic: Diagnostic, language: str, limits: Limits) -> Json:
    others: list[Json] = [
        {**_place_json(other.place), "label": shorten(escape(other.label), limits.echo_chars)}
        for other in diagnostic.others[:_OTHERS]
    ]
    fixes: list[Json] = [{**_place_json(fix.place), "text": fix.text} for fix in diagnostic.fixes]
    return {
        **_common_json(diagnostic, language, limits),
        **_place_json(diagnostic.place),
        "others": others,
        "fixes": fixes,
    }


def _problem_where(problem: Problem, language: str) -> str:
    """Table and line, then row, key and column in words: `april.csv:3 (row 2, G007, column days)`."""
    details: list[str] = []
    if problem.row is not None:
        details.append(in_language(language, f"row {problem.row}", f"第 {problem.row} 行数据"))
    if problem.key:
        details.append(shorten(escape(problem.key)))
    if problem.column:
        details.append(f"{in_language(language, 'column', '列')} {shorten(escape(problem.column))}")
    table = escape(problem.table) + (f":{problem.line}" if problem.line is not None else "")
    if not details:
        return table
    inside = comma(language).join(details)
    if not table:
        return inside
    return in_language(language, f"{table} ({inside})", f"{table}（{inside}）")


def _problem_text(problem: Problem, language: str, limits: Limits) -> str:
    lines = [_head(problem, language, limits)]
    where = _problem_where(problem, language)
    if where:
        lines.append(f" --> {where}")
    if problem.place:
        gutter = len(str(problem.place.line))
        lines += [f"{' ' * gutter}--> {_where(problem.place)}", *_excerpt(problem.place, gutter, marked=True)]
    return "\n".join(lines + _remedy(problem, language, limits))


def _problem_concise(problem: Problem, language: str, limits: Limits) -> str:
    where = _problem_where(problem, language)
    return f"{where}{': ' if where else ''}{problem.code} {message_of(problem, language, limits)}"


def _problem_json(problem: Problem, language: str, limits: Limits) -> Json:
    return {
        **_common_json(problem, language, limits),
        "table": escape(problem.table),
        "row": problem.row,
        "line": problem.line,
        "key": shorten(escape(problem.key)),
        "column": shorten(escape(problem.column)),
        **_place_json(problem.place),
    }
