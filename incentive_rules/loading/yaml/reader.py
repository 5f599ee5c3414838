"""Bytes in, a `Document` out: mappings, lists and texts with their places, by a strict subset of YAML.

Nothing is typed here: the place decides what a text is, never its look, so `no`, `007`, `12:30` and
`2026.10` are texts like any other. Built over the events of PyYAML's parser, with our own counters
that stop at once; anchors, tags, directives, second documents, repeated keys and empty values are refused.
A tab inside a line reads as a space.
"""

from __future__ import annotations

import re
import unicodedata

import yaml
from attrs import define, evolve, field

from ...base.diagnostics import Diagnostic, Other, Severity
from ...base.limits import DEFAULT_LIMITS, Limits
from ...base.places import Place, Source
from ...base.reports import severity_of
from ...base.text import HIDDEN, character_name
from ...model.document import Document, Entry, Item, Mapping, Scalar, Sequence
from .characters import for_parser, read_text
from .entries import cut_items, cut_texts, empty_entry, is_empty, key_fault
from .errors import diagnose, span
from .hints import unseen_colon
from .offsets import offsets_of

# libyaml is ten times as fast and part of most installations; both parsers pass the same tests.
PARSER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_STYLES = {None: "plain", "": "plain", "'": "single", '"': "double", "|": "literal", ">": "folded"}
_REST_OF_FORMULA = re.compile(
    r"#[ ]?(?:[-+*/<>=]|(?:and|or|not|if|else)\b|且|或|非|属于)|#(?:\d|[A-Za-z][ ]*$)", re.MULTILINE
)
_UNFINISHED = re.compile(r"(?:[-+*/<>=,(\[]|\b(?:and|or|if|else)|[且或])$")


def read_document(
    data: bytes | str, name: str, limits: Limits = DEFAULT_LIMITS
) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """The document in `data`, known to people as `name`; None where any finding is an error.

    All findings up to the first one that stops the reading (a broken syntax, a limit) are returned.

    >>> document, findings = read_document("format: 1", "smallest.yaml")
    >>> document.root.entries[0].value.text
    '1'
    """
    source, findings = read_text(data, name, limits)
    if source is None:
        return None, findings
    reading = _Reading(source, for_parser(source.text), limits)
    root = reading.read()
    found = tuple(reading.findings)
    if any(severity_of(d.code) is Severity.ERROR for d in found) or not isinstance(root, Mapping):
        return None, found
    return Document(source, root), found


@define
class _Open:
    """A collection that has not ended: its items so far, keys and values in turn for a mapping."""

    start: int
    flow: bool
    mapping: bool
    items: list[Item] = field(factory=list)


class _Stop(Exception):
    """Ends the reading; the reason has been noted."""


@define
class _Reading:
    """Reads one document from the events of the parser, in one pass."""

    source: Source
    text: str
    limits: Limits
    findings: list[Diagnostic] = field(factory=list)
    opened: list[_Open] = field(factory=list)
    root: Item | None = None
    nodes: int = 0
    documents: int = 0

    def read(self) -> Item | None:
        events: list[yaml.Event] = []
        try:
            for event in yaml.parse(self.text, Loader=PARSER):
                self.take(event)
                events.append(event)
        except _Stop:
            return None
        except yaml.MarkedYAMLError as error:
            self.refuse_rest(diagnose(self.source, error, events))
            return None
        except (yaml.YAMLError, ValueError, OverflowError):
            self.findings.append(_impossible_escape(self.source))
            return None
        self.check_root()
        return self.root

    def note(self, code: str, start: int, end: int, variant: str = "", **params: str) -> None:
        self.findings.append(Diagnostic(code, Place(self.source, start, end), params, variant))

    def stop(self, code: str, start: int, end: int, **params: str) -> None:
        self.note(code, start, end, **params)
        raise _Stop

    def refuse_rest(self, cause: Diagnostic) -> None:
        """Reports the finding that ends the reading; findings inside its stretch are its consequences."""
        place = cause.place
        if place and place.end > place.start:
            self.findings = [f for f in self.findings if not (f.place and _inside(f.place, place))]
        self.findings.append(cause)

    def take(self, event: yaml.Event) -> None:
        start, end = span(event)
        if isinstance(event, yaml.DocumentStartEvent):
            self.take_document(event, start)
        elif isinstance(event, yaml.AliasEvent):
            self.count(start)
            self.note("yaml-anchor", start, end, "alias")
            self.add(Scalar(self.text[start:end], Place(self.source, start, end)))
        elif isinstance(event, yaml.NodeEvent):
            self.take_node(event, start, end)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            done = self.opened.pop()
            self.add(self.finish(done, end))

    def take_document(self, event: yaml.DocumentStartEvent, start: int) -> None:
        self.documents += 1
        if self.documents > 1:
            self.stop("second-document", start, start + 3)
        if event.version or event.tags:
            directive = re.compile(r"^%[^\r\n]*", re.MULTILINE).search(self.text)
            first, last = directive.span() if directive else (0, 1)
            self.note("yaml-directive", first, last)

    def count(self, start: int) -> None:
        self.nodes += 1
        if self.nodes > self.limits.yaml_nodes:
            self.stop("yaml-too-big", start, start, limit=str(self.limits.yaml_nodes))

    def take_node(self, event: yaml.NodeEvent, start: int, end: int) -> None:
        self.count(start)
        marked = self.refuse_marks(event, start)
        if isinstance(event, yaml.ScalarEvent):
            self.add(self.scalar(event, start, end, marked))
            return
        if len(self.opened) >= self.limits.yaml_depth:
            self.stop("yaml-too-deep", start, start + 1, limit=str(self.limits.yaml_depth))
        if self.at_key():
            self.note("key-complex", start, max(end, start + 1))
        mapping = isinstance(event, yaml.MappingStartEvent)
        self.opened.append(_Open(start, bool(getattr(event, "flow_style", False)), mapping))

    def refuse_marks(self, event: yaml.NodeEvent, start: int) -> bool:
        """Reports anchors and tags; True if there was one."""
        tag = getattr(event, "tag", None)
        word = re.compile(r"[^\s,\]}]*").match(self.text, start)
        end = max(word.end() if word else start, start + 1)
        if event.anchor is not None:
            self.note("yaml-anchor", start, end)
        if tag is not None:
            self.note("yaml-tag", start, end, tag=self.text[start:end])
        return event.anchor is not None or tag is not None

    def at_key(self) -> bool:
        return bool(self.opened) and self.opened[-1].mapping and len(self.opened[-1].items) % 2 == 0

    def scalar(self, event: yaml.ScalarEvent, start: int, end: int, marked: bool) -> Scalar:
        value = event.value
        style = _STYLES[event.style]
        if marked:  # refused above; its marks are not part of the text
            return Scalar(value or "?", Place(self.source, start, end), (), style)
        whole = end
        if style not in ("single", "double"):  # the parser's end mark may lie behind the space that follows
            end = start + len(self.text[start:end].rstrip(" \r\n"))
        if style == "plain":
            whole = end = end if value else start
        if len(value) > self.limits.text_chars:
            self.note("text-too-long", start, start + 1, limit=str(self.limits.text_chars), length=str(len(value)))
            return Scalar(value, Place(self.source, start, end), (), style)
        scalar = Scalar(value, Place(self.source, start, end), offsets_of(self.text, start, whole, style, value), style)
        if style == "double":
            self.refuse_hidden(scalar)
        rest = self.cut_off(scalar) if style == "plain" and value and not self.at_key() else None
        return scalar if rest is None else evolve(scalar, rest=rest)

    def refuse_hidden(self, scalar: Scalar) -> None:
        """Reports escapes that make a forbidden character."""
        found = HIDDEN.search(scalar.text) or re.search("\r", scalar.text)
        if found:
            start, end = scalar.offsets[found.start()], scalar.offsets[found.end()]
            escape = f"{self.text[start:end]} ({character_name(found.group())})"
            self.note("character", start, end, "escape", escape=escape)

    def cut_off(self, scalar: Scalar) -> Place | None:
        """Reports a `#` after a space, which ends a text, where it seems to belong to the text."""
        end = scalar.place.end
        after = re.compile("[ ]+(?=#)").match(self.text, end)
        if not after:
            return None
        single = after.end() == end + 1 and bool(_REST_OF_FORMULA.match(self.text, after.end()))
        if not single and not _UNFINISHED.search(scalar.text):
            return None
        line = self.text[after.end() :].splitlines()[0].rstrip()
        rest = Place(self.source, after.end(), after.end() + len(line))
        self.findings.append(Diagnostic("text-cut", rest, {"text": scalar.text, "rest": line}))
        return rest

    def add(self, item: Item) -> None:
        if self.opened:
            self.opened[-1].items.append(item)
        else:
            self.root = item

    def finish(self, done: _Open, end: int) -> Item:
        if not done.flow:
            end = done.items[-1].place.end if done.items else done.start
        place = Place(self.source, done.start, end)
        if done.mapping:
            return Mapping(self.entries(done), place, done.flow)
        if done.flow:
            cut, skipped = cut_items(self.source, done.items)
            self.findings.extend(cut)
        else:
            skipped = set()
        for index, item in enumerate(done.items):
            if index not in skipped and is_empty(item):
                self.note("value-empty", item.place.start, item.place.end, "item")
        return Sequence(tuple(done.items), place, done.flow)

    def entries(self, done: _Open) -> tuple[Entry, ...]:
        """Makes the entries of a mapping; checks keys, repeated keys, empty values, formulas that a comma cut."""
        keys, values = done.items[::2], done.items[1::2]
        pairs = [Entry(k, v) for k, v in zip(keys, values, strict=True) if isinstance(k, Scalar)]
        skipped: set[int] = set()
        if done.flow:
            cut, skipped = cut_texts(self.source, pairs)
            self.findings.extend(cut)
        seen: dict[str, Scalar] = {}
        for index, entry in enumerate(pairs):
            if index in skipped:
                continue
            self.check_key(entry.key, seen)
            if is_empty(entry.value):
                self.findings.append(empty_entry(self.source, entry, done.flow))
        return tuple(entry for index, entry in enumerate(pairs) if index not in skipped)

    def check_key(self, key: Scalar, seen: dict[str, Scalar]) -> None:
        folded = unicodedata.normalize("NFKC", key.text)
        first = seen.setdefault(folded, key)
        if first is not key:
            variant = "" if first.text == key.text else "alike"
            params = {"name": key.text, "line": str(first.place.line)}
            self.findings.append(Diagnostic("key-twice", key.place, params, variant, (Other(first.place),)))
            return
        fault = key_fault(self.source, key)
        if fault:
            self.findings.append(fault)

    def check_root(self) -> None:
        """Reports a document that is no mapping; a single text is usually a colon that YAML does not see."""
        root = self.root
        if root is None or is_empty(root):
            self.note("file-empty", 0, 0)
        elif isinstance(root, Scalar):
            found = unseen_colon(self.source, root.place.start)
            self.findings.append(found or Diagnostic("root-shape", root.place))
        elif isinstance(root, Sequence):
            self.note("root-shape", root.place.start, root.place.start + 1)


def _inside(inner: Place, outer: Place) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _impossible_escape(source: Source) -> Diagnostic:
    """The finding for an escape beyond Unicode, for which one parser raises a bare ValueError."""
    found = re.compile(r"\\U(?!000|0010)[0-9a-fA-F]{8}").search(source.text)
    start, end = found.span() if found else (0, 0)
    return Diagnostic("yaml-syntax", Place(source, start, end), {"escape": source.text[start:end]}, "escape")
