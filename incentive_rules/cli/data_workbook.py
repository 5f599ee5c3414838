"""`init --data`: an empty workbook for the data that a scheme reads, and a sheet that says what goes where."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from ..base.errors import SchemeError
from ..base.text import echo
from ..base.titles import as_title
from ..base.words import CHINESE, ENGLISH, in_language, list_separator
from ..framing.workbooks import NEEDS, BookSheet, OfferedWords, workbook_bytes
from ..model.run import NeededInput
from ..pipeline import Pipeline
from ..pipeline import compile_quietly as compile_scheme
from .console import language_of, note, out
from .exits import Exit
from .people import refused_scheme
from .result_files import is_workbook
from .wording import say
from .writing import CannotWrite, PendingFiles

_FORMATS = {"key": "@", "category": "@", "date": "yyyy-mm-dd"}
_EXAMPLES = {
    "key": "A001", "date": "2026-01-31", "time": "2026-01-31 08:30", "money": "1000", "integer": "1", "number": "1",
}  # fmt: skip


def write_data_workbook(scheme: str, target: str | None, period: str | None, lang: str) -> int:
    """Write the workbook that a scheme needs, and say where it is; the exit code. Nothing is written over."""
    try:
        pipeline = compile_scheme(scheme, period=period)
    except SchemeError as error:
        return refused_scheme(error, lang)
    language = language_of(lang, pipeline.scheme.language)
    file = target or say("data_workbook", language, name=Path(scheme).stem)
    refusal = _refusal(file, language)
    if refusal:
        note(refusal)
        return Exit.USAGE
    try:
        with PendingFiles({file: data_workbook(pipeline, language)}) as files:
            files.place()
    except CannotWrite as error:
        note(say("cannot_write", language, file=echo(error.file), reason=error.reason))
        return Exit.USAGE
    out(say("made", language, file=echo(file)))
    return Exit.CLEAN


def _refusal(file: str, language: str) -> str:
    if not is_workbook(file):
        return say("usage_out", language, file=echo(file), endings=".xlsx")
    if find_spec("xlsxwriter") is None:
        return say("needs_excel", language, file=echo(file), command=NEEDS)
    return say("refused_overwrite", language, file=echo(file)) if Path(file).exists() else ""


def data_workbook(pipeline: Pipeline, language: str) -> bytes:
    """A sheet for each table with its headings, people first, and behind them what each column means.

    Tables of earlier periods are not among them: those are read from records.
    """
    earlier = {table.name for table in pipeline.scheme.details if table.recorded}
    tables: dict[str, list[NeededInput]] = {}
    for one in sorted(pipeline.inputs, key=lambda one: (one.details != "", one.type != "key")):
        if one.details not in earlier:
            tables.setdefault(one.details, []).append(one)
    sheets = [_empty(name or say("people", language), columns, language) for name, columns in tables.items()]
    words = ("sheet_table", "column", "title", "what_kind", "unit", "allowed", "required", "example")
    rows = [_explained(one, language) for columns in tables.values() for one in columns]
    headings = [say(word, language) for word in words]
    return workbook_bytes([*sheets, BookSheet(say("explanation", language), headings, rows, wraps=True)], language)


def _empty(name: str, columns: Sequence[NeededInput], language: str) -> BookSheet:
    offered = [(number, _words(one, language)) for number, one in enumerate(columns)]
    choices = tuple(OfferedWords(number, words) for number, words in offered if words)
    formats = {number: _FORMATS[one.type] for number, one in enumerate(columns) if one.type in _FORMATS}
    return BookSheet(name, [one.column for one in columns], (), choices, formats)


def _words(one: NeededInput, language: str) -> tuple[str, ...]:
    """The words that may stand in a cell; none where it is no choice."""
    if one.type == "boolean":
        return in_language(language, ("true", "false"), ("是", "否"))
    return one.values


def _explained(one: NeededInput, language: str) -> list[object]:
    kind = in_language(language, ENGLISH, CHINESE).get(one.type, one.type)
    if one.decimals:
        kind = say("with_decimals", language, kind=kind, count=one.decimals)
    allowed = list_separator(language).join(_words(one, language))
    if one.low or one.high:
        allowed = say("from_to", language, low=one.low, high=one.high)
    required = say("may_be_empty" if one.can_be_missing else "must_stand", language)
    table = one.details or say("people", language)
    title = as_title(one.title).said(language) or one.name
    return [table, one.column, title, kind, one.unit, allowed, required, _example(one, language)]


def _example(one: NeededInput, language: str) -> str:
    """What may stand in the column: the first word, an end of the range, or what its kind looks like."""
    words = _words(one, language)
    if words:
        return words[0]
    end = one.high or one.low or _EXAMPLES.get(one.type, "")
    return f"{end} 08:30" if one.type == "time" and len(end) == len("2026-01-31") else end
