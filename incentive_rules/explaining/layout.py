"""Explanations on the screen: a tree, or the complete list; lines of the scheme stand in a column of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..base.text import pad, width
from .entries import Entry
from .words import say

MOST_COLUMNS = 96  # the column of lines stands no further right
GAP = 2


def tree_of(names: Sequence[str], entries: Iterable[Entry], language: str) -> str:
    """Each name with its working; below it what it rests on, each name once."""
    known = {entry.name: entry for entry in entries if entry.row is None}
    tree = _Tree(known, language)
    rows: list[tuple[str, str]] = []
    for name in names:
        if name in tree.drawn and len(names) > 1:
            continue
        if rows:
            rows.append(("", ""))
        rows.extend(tree.root(name))
    drawn = [known[name] for name in known if name in tree.drawn]
    return "\n".join([_aligned(rows), "", *_endings(drawn, language)])


def _endings(entries: Sequence[Entry], language: str) -> Iterator[str]:
    """What was missing and what was adjusted, or that nothing was."""
    comma, colon = say("comma", language), say("colon", language)
    missing = [entry.title for entry in entries if entry.missing]
    adjusted = [f"{entry.title} ({comma.join(entry.adjusted)})" for entry in entries if entry.adjusted]
    if missing:
        yield say("were_missing", language) + colon + comma.join(missing)
    if adjusted:
        yield say("were_adjusted", language) + colon + comma.join(adjusted)
    if not missing and not adjusted:
        yield say("nothing_missing", language)


def list_of_all(entries: Iterable[Entry], language: str) -> str:
    """Every entry with its working, in an order in which each reads only those above it."""
    rows: list[tuple[str, str]] = []
    for entry in entries:
        rows.append((f"{_title(entry, language)} = {entry.value}", _place(entry.line, entry.what, language)))
        rows.extend(("    " + text, place) for text, place in _working(entry, language))
    return _aligned(rows)


def _title(entry: Entry, language: str) -> str:
    return entry.title if entry.row is None else f"{entry.title} [{say('row', language, row=entry.row)}]"


def _place(line: int | None, what: str, language: str) -> str:
    """`table, line 290`."""
    where = "" if line is None else say("line", language, line=line)
    return f"{what}{say('comma', language) if language != 'zh' else '，'}{where}" if what and where else where


def _working(entry: Entry, language: str) -> Iterator[tuple[str, str]]:
    """Equations, then notes, then the asides with their own lines."""
    yield from ((text, "") for text in entry.working if text != f"= {entry.value}")
    yield from ((text, "") for text in entry.notes)
    for aside in entry.asides:
        yield aside.text, _place(aside.line, aside.what, language)
        yield from (("  " + text.removeprefix("  "), "") for text in aside.working)


class _Tree:
    """Draws entries below one another. A name that was drawn is referred to when it comes again."""

    def __init__(self, entries: dict[str, Entry], language: str) -> None:
        self.entries, self.language = entries, language
        self.drawn: set[str] = set()

    def root(self, name: str) -> Iterator[tuple[str, str]]:
        yield from self.entry(self.entries[name], "", "")

    def entry(self, entry: Entry, first: str, rest: str) -> Iterator[tuple[str, str]]:
        """`first` stands before the head, `rest` before everything below it."""
        head = f"{entry.title} = {entry.value}"
        if entry.name in self.drawn:
            working = bool(entry.working or entry.asides or entry.reads)
            above = f"  ({say('above', self.language)})" if working else ""
            yield first + head + above, _place(entry.line, entry.what, self.language)
            return
        self.drawn.add(entry.name)
        yield first + head, _place(entry.line, entry.what, self.language)
        children = [self.entries[name] for name in entry.reads if name in self.entries]
        bar = "│ " if children else "  "
        yield from ((rest + bar + text, place) for text, place in _working(entry, self.language))
        for i, child in enumerate(children):
            last = i == len(children) - 1
            yield from self.entry(child, rest + ("└ " if last else "├ "), rest + ("  " if last else "│ "))


def _aligned(rows: Iterable[tuple[str, str]]) -> str:
    """Places in one column, right of the widest text that is not wider than the page."""
    rows = list(rows)
    columns = max((width(text) for text, place in rows if place and width(text) <= MOST_COLUMNS), default=0)
    return "\n".join((pad(text, columns) + " " * GAP + place if place else text).rstrip() for text, place in rows)
