"""Words errors of the YAML parser for the author.

PyYAML comes with two parsers, which agree on places and not on words. So a few words of the problem choose a question,
and the answer is read from the source itself.
"""

from __future__ import annotations

import re

import yaml

from ...base.diagnostics import Diagnostic, Fix, Other
from ...base.places import Place, Source
from .hints import (
    RESERVED,
    WIDE_BRACKETS,
    fullwidth_brackets,
    fullwidth_entry,
    in_single_quotes,
    line_end,
    line_start,
    quote_all,
    same_line,
    unbalanced,
    unseen_colon,
    value_end,
    with_mended,
)

# The indentation, dashes and the key of a line: what comes before its value.
_LEAD = re.compile(r"""[ ]*(?:-[ ]+)*(?:(?:"[^"\r\n]*"|'[^'\r\n]*'|[^\s"'{}\[\]#&*!|>%@`,-][^\r\n]*?)[ ]*:[ ]+)?""")

_OPERATOR = re.compile(r"[=<>+*/]|\b(?:and|or|in|if)\b|且|或|属于")


def diagnose(source: Source, error: yaml.MarkedYAMLError, events: list[yaml.Event]) -> Diagnostic:
    """The diagnostic for a parser's error; `events` are the ones that came before it."""
    problem = (error.problem or "").lower()
    at = min(error.problem_mark.index if error.problem_mark else len(source.text), len(source.text))
    opened = error.context_mark.index if error.context_mark else at
    context = error.context or ""
    last = next((e for e in reversed(events) if isinstance(e, _CONTENT)), None)
    found: Diagnostic | None
    if "quoted scalar" in context:
        found = _in_quotation(source, problem, opened, at)
    elif "block scalar" in context:
        found = _reserved_start(source, opened) or _syntax(source, at, at + 1, "block-text")
    elif "cannot start any token" in problem:
        found = _reserved_start(source, at)
    elif "anchor" in context or "alias" in context or "tag" in context:
        found = _reserved_start(source, opened)
    elif "directive" in context or "directive" in problem or "incompatible yaml" in problem:
        found = Diagnostic("yaml-directive", _rest_of_line(source, line_start(source.text, at)))
    elif "mapping values" in problem:
        found = _unexpected_colon(source, at, last)
    elif "simple key" in context:
        found = unseen_colon(source, opened) or _no_colon(source, opened)
    elif "flow" in context:
        found = _in_flow(source, at, opened, last, events)
    elif "mapping keys are not allowed" in problem:
        found = _syntax(source, at, at + 1, "question")
    elif "sequence entries are not allowed" in problem:
        found = _syntax(source, at, at + 1, "dash")
    elif "document start" in problem:
        found = _after_document(source, at)
    elif "block" in context and "node" not in context:
        found = _in_block(source, at, last, events)
    else:
        found = None
    return found or _syntax(source, at, at + 1)


def span(event: yaml.Event) -> tuple[int, int]:
    """The offsets of the first character of an event and of the one after its last."""
    start, end = event.start_mark, event.end_mark
    return (start.index if start else 0, end.index if end else 0)


_CONTENT = (yaml.ScalarEvent, yaml.MappingEndEvent, yaml.SequenceEndEvent)


def _syntax(source: Source, start: int, end: int, variant: str = "") -> Diagnostic:
    start = min(start, len(source.text))
    return Diagnostic("yaml-syntax", Place(source, start, min(end, len(source.text))), variant=variant)


def _rest_of_line(source: Source, start: int) -> Place:
    return Place(source, start, start + len(source.text[start : line_end(source.text, start)].rstrip()))


def _key_of_line(source: Source, offset: int) -> Place:
    """The first words of a line: what an author calls the entry."""
    start = line_start(source.text, offset)
    line = source.text[start : line_end(source.text, start)]
    found = re.match(r"[ ]*(?:-[ ]+)*([^:：#]*)", line)
    assert found is not None  # every part of the pattern may be empty
    name = found[1].rstrip()
    return Place(source, start + found.start(1), start + found.start(1) + len(name))


def _in_quotation(source: Source, problem: str, opened: int, at: int) -> Diagnostic:
    if "escape" in problem or "hexadecimal" in problem or "hexdecimal" in problem or "unicode" in problem:
        start = source.text.rfind("\\", opened, at + 1)
        if re.match(r"\\u[dD][89a-fA-F]", source.text[start : start + 4]):
            return Diagnostic(
                "character", Place(source, start, start + 6), {"escape": source.text[start : start + 6]}, "escape"
            )
        return Diagnostic(
            "yaml-syntax", Place(source, start, start + 2), {"escape": source.text[start : start + 2]}, "escape"
        )
    return _unclosed_quote(source, opened)


def _unclosed_quote(source: Source, opened: int) -> Diagnostic:
    return Diagnostic("quote-unclosed", _rest_of_line(source, opened), {"mark": source.text[opened]})


def _value_of_line(source: Source, offset: int) -> int:
    """Where the value on the line of `offset` begins."""
    start = line_start(source.text, offset)
    found = _LEAD.match(source.text, start)
    return found.end() if found else start


def _reserved_start(source: Source, at: int) -> Diagnostic | None:
    """The finding for a value that begins with a character that YAML reserves; None for any other value."""
    text = source.text
    start = _value_of_line(source, at)
    flow = False
    if text[start : start + 1] in ("[", "{") and start < at:
        end = value_end(text, start, flow=True)
        closed = start + _closing(text[start:]) + 1
        if closed <= at and text[closed : at + 1].strip():
            whole = value_end(text, start, flow=False)
            fixes = quote_all(source, start, whole)
            return with_mended("formula-start", Place(source, start, whole), fixes, mark=text[start])
        start, flow = at, True
    elif text[start : start + 1] not in RESERVED or not text[start : start + 1]:
        start = at
        flow = unbalanced(text[line_start(text, at) : at]) > 0
    mark = text[start : start + 1]
    if not mark or mark not in RESERVED:
        return None
    end = max(value_end(text, start, flow), start + 1)
    place = Place(source, start, end)
    percent = re.fullmatch(r"%(\d+(?:\.\d+)?)", place.text)
    if percent:
        return Diagnostic("formula-start", place, {"mark": mark, "mended": percent[1] + "%"}, "percent")
    if mark == ">" and place.text[1:].lstrip("= ")[:1].isdigit():
        return Diagnostic("formula-start", place, {"mark": mark, "text": place.text}, "condition")
    return with_mended("formula-start", place, quote_all(source, start, end), mark=mark)


def _closing(text: str) -> int:
    depth = 0
    for index, character in enumerate(text):
        depth += (character in "[{") - (character in "]}")
        if depth == 0:
            return index
    return len(text)


def _unexpected_colon(source: Source, at: int, last: yaml.Event | None) -> Diagnostic | None:
    """The finding for a colon in the wrong place: in prose, after a line without its colon, or too deep."""
    if not isinstance(last, yaml.ScalarEvent):
        return None
    start, end = span(last)
    text = source.text
    if same_line(text, start, at):
        whole = value_end(text, start, flow=False)
        if text[start] in WIDE_BRACKETS:
            return fullwidth_brackets(source, start, whole)
        fixes = quote_all(source, start, whole)
        return with_mended("text-colon", Place(source, start, whole), fixes, text=text[start:whole])
    lead = text[line_start(text, start) : start]
    if not lead.strip(" -"):
        return unseen_colon(source, start) or _no_colon(source, start)
    place = _key_of_line(source, end)
    return Diagnostic("indent", place, {"name": place.text}, "deeper", (Other(_key_of_line(source, start)),))


def _no_colon(source: Source, start: int) -> Diagnostic:
    place = _rest_of_line(source, start)
    dash = re.match(r"-(?=\S)", place.text)
    if dash:
        return Diagnostic("yaml-syntax", place, {"mended": f"- {place.text[1:]}"}, "dash-space")
    return Diagnostic("yaml-syntax", place, {"text": place.text}, "no-colon")


def _in_block(source: Source, at: int, last: yaml.Event | None, events: list[yaml.Event]) -> Diagnostic | None:
    text = source.text
    if last is None or at >= len(text):
        return None
    start, end = span(last)
    if isinstance(last, yaml.ScalarEvent) and last.style in ("'", '"') and same_line(text, end, at):
        if not same_line(text, start, end):
            return _unclosed_quote(source, start)
        return _text_after_quote(source, start, flow=False)
    if not isinstance(last, yaml.ScalarEvent) and text[end - 1 : end] in ("]", "}") and same_line(text, end, at):
        start = _value_of_line(source, at)
        whole = value_end(text, start, flow=False)
        mark = text[start : start + 1]
        return with_mended("formula-start", Place(source, start, whole), quote_all(source, start, whole), mark=mark)
    place = _key_of_line(source, at)
    if text[line_start(text, at) : at].strip(" -"):
        return None
    above = _key_of_line(source, max(span(e)[0] for e in events if isinstance(e, yaml.ScalarEvent)))
    return Diagnostic("indent", place, {"name": place.text}, "", (Other(above),))


def _text_after_quote(source: Source, start: int, flow: bool) -> Diagnostic:
    place = Place(source, start, value_end(source.text, start, flow))
    text = place.text
    # `'it's'` has one quotation too many, `"A" == grade` has one that belongs to a formula.
    prose = len(text) > 2 and text[-1] == text[0] and not _OPERATOR.search(text)
    fixes = (Fix(place, in_single_quotes(text[1:-1] if prose else text)),)
    return with_mended("text-after-quote", place, fixes, text=text)


def _in_flow(source: Source, at: int, opened: int, last: yaml.Event | None, events: list[yaml.Event]) -> Diagnostic:
    text = source.text
    mark = text[at : at + 1]
    if isinstance(last, yaml.ScalarEvent) and span(last)[0] > opened:
        start, end = span(last)
        if mark == ":" and not same_line(text, start, at):
            return _unclosed_bracket(source, opened)
        if mark == ":":
            glued = fullwidth_entry(source, start, end)
            if glued:
                return glued
            whole = value_end(text, start, flow=True)
            fixes = quote_all(source, start, whole)
            return with_mended("text-colon", Place(source, start, whole), fixes, text=text[start:whole])
        if last.style in ("'", '"') and same_line(text, end, at) and mark and mark not in "]}":
            if not same_line(text, start, end):
                return _unclosed_quote(source, start)
            return _text_after_quote(source, start, flow=True)
    begin = _open_formula(source, events, opened, at)
    if begin is not None and mark and mark not in "]}":
        return cut_formula(source, begin, value_end(text, begin, flow=True), "bracket")
    if mark and mark in "]}" and same_line(text, opened, at):
        return Diagnostic(
            "bracket-unclosed",
            Place(source, at, at + 1),
            {"mark": text[opened], "other": mark},
            "other",
            (Other(Place(source, opened, opened + 1)),),
        )
    return _unclosed_bracket(source, opened)


def _unclosed_bracket(source: Source, opened: int) -> Diagnostic:
    return Diagnostic("bracket-unclosed", _rest_of_line(source, opened), {"mark": source.text[opened : opened + 1]})


def _open_formula(source: Source, events: list[yaml.Event], opened: int, at: int) -> int | None:
    """Where the plain text begins that a bracket cut: the text just before it, or one with an open bracket."""
    plain = (e for e in events if isinstance(e, yaml.ScalarEvent) and not e.style and e.value)
    texts = [place for place in map(span, plain) if place[1] > opened]
    for start, end in reversed(texts):
        if same_line(source.text, start, at) and unbalanced(source.text[start:end]) > 0:
            return start
    if texts and not source.text[texts[-1][1] : at].strip():
        return texts[-1][0]
    return None


def cut_formula(source: Source, start: int, end: int, variant: str = "") -> Diagnostic:
    """The finding for a formula inside braces that a comma or a bracket cut into pieces; quoting it whole mends it."""
    text = source.text[start:end]
    place = Place(source, start, end)
    if unbalanced(text) or not same_line(source.text, start, end):
        return Diagnostic("formula-cut", place, {"text": text}, "open")
    if variant == "thousands":
        mended = text.replace(",", "")
        return Diagnostic("formula-cut", place, {"text": text, "mended": mended}, variant, fixes=(Fix(place, mended),))
    return with_mended("formula-cut", place, quote_all(source, start, end), variant, text=text)


def _after_document(source: Source, at: int) -> Diagnostic:
    ends = [found.start() for found in re.finditer(r"^\.\.\.", source.text[:at], re.MULTILINE)]
    if ends:
        return Diagnostic("second-document", _rest_of_line(source, ends[-1]))
    place = _key_of_line(source, at)
    return Diagnostic("indent", place, {"name": place.text}, "first")
