"""Reads a scheme: reads the YAML, checks the shape, builds the `Scheme`."""

from __future__ import annotations

import re

from ..base.diagnostics import Diagnostic, Severity
from ..base.limits import DEFAULT_LIMITS, Limits
from ..base.places import Place
from ..base.reports import severity_of
from ..base.words import in_language
from ..lang.keywords import BLOCKS
from ..model.document import Document, Scalar
from ..model.scheme import Scheme
from .sections.scheme import build
from .shape.check import check_shape, one_language
from .yaml.reader import read_document

FORMAT = "1"
_TOP_KEY = re.compile(r"^(?P<key>[^\s:：#]+)[ \u3000]*[:：]", re.MULTILINE)
_FIRST = {"format": "en", "格式": "zh"}


def load(data: bytes | str, name: str, limits: Limits = DEFAULT_LIMITS) -> tuple[Scheme | None, tuple[Diagnostic, ...]]:
    """Reads the scheme in `data`; returns it with everything that is wrong with its text, best first.

    `name` is how people know the text (a file name). A scheme comes back even where there are errors, as far as it
    could be read, so that checking can go on; None only where there is no document, or where it defines more than
    `limits` allow.

    >>> scheme, found = load("format: 1", "empty.yaml")
    >>> [d.code for d in found][:2]
    ['key-missing', 'key-missing']
    """
    document, found = read_document(data, name, limits)
    if document is None:
        return None, found
    language, first = _language(document)
    if language is None:
        return None, (*found, *first)
    shape = tuple(d for d in check_shape(document, language) if not (first and _about_format(d)))
    scheme, findings = build(document, language, limits)
    if any(d.code == "names-many" for d in findings.diagnostics):
        return None, (*found, *(d for d in findings.diagnostics if d.code == "names-many"))
    errors = one_language((*first, *shape, *findings.diagnostics), language)
    if findings.wrong_forms and not any(severity_of(d.code) is Severity.ERROR for d in (*found, *errors)):
        # What building skipped for its form is told with the shape; nothing may be skipped in silence.
        errors = (*errors, *(Diagnostic("form-unread", place) for place in findings.wrong_forms))
    cut = {d.place.start for d in findings.diagnostics if d.code == "formula-cut" and d.place is not None}
    found = tuple(d for d in found if d.code != "text-cut" or d.place is None or d.place.start not in cut)
    return scheme, (*found, *_in_order(errors))


def written_in(data: bytes | str) -> str:
    """The language that a document's sections are named in, be it readable or not: `zh`, `en`, or "" for neither.

    >>> written_in("格式: 1\\n方案: [")
    'zh'
    """
    text = data if isinstance(data, str) else data[: DEFAULT_LIMITS.file_bytes].decode("utf-8", "replace")
    top = BLOCKS["scheme"]
    keys = [found["key"] for found in _TOP_KEY.finditer(text)]
    english, chinese = sum(k in top.by_key for k in keys), sum(k in top.by_chinese for k in keys)
    return "" if english == chinese else "zh" if chinese > english else "en"


def _in_order(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Sorts findings by place, and keeps one of those that are equal at one place."""
    unique = {
        (d.code, d.variant, d.place.start if d.place else -1, d.params.get("key", "")): d for d in reversed(found)
    }
    return tuple(sorted(unique.values(), key=lambda d: (d.place.start if d.place else 0, d.code)))


def _language(document: Document) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The keyword language: that of the first key; if that is wrong, that of most sections."""
    entries = document.root.entries
    top = BLOCKS["scheme"]
    first = entries[0].key if entries else None
    if first is not None and first.text in _FIRST:
        return _FIRST[first.text], _format(entries[0].value)
    votes = {
        "en": sum(e.key.text in top.by_key for e in entries),
        "zh": sum(e.key.text in top.by_chinese for e in entries),
    }
    place = first.place if first else document.root.place
    language = None if not any(votes.values()) else "zh" if votes["zh"] > votes["en"] else "en"
    written = next((e for e in entries if e.key.text in _FIRST), None)
    if written is not None and language is not None:
        return language, (
            Diagnostic("format-first", written.key.place, {"key": written.key.text}, "moved"),
            *_format(written.value),
        )
    line = in_language(language or "en", "format: 1", "格式: 1")
    found = Diagnostic(
        "format-first", Place(place.source, place.start, place.end), {"line": line}, "" if language else "none"
    )
    return language, (found,)


def _about_format(diagnostic: Diagnostic) -> bool:
    """Whether a finding repeats that the first line is missing."""
    return diagnostic.code == "key-missing" and diagnostic.params.get("key") in _FIRST


def _format(value: object) -> tuple[Diagnostic, ...]:
    if isinstance(value, Scalar) and value.text != FORMAT:
        return (Diagnostic("format-unknown", value.place, {"format": value.text, "known": FORMAT}),)
    return ()
