"""Explanations on the screen: a tree, or the complete list; lines of the scheme stand in a column of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..base.text import pad, width
from .entries import Entry
from .words import say, say_count

MOST_ROWS = 3  # of a quantity that the rows of a table compute
MOST_GIVEN = 12  # of values that rows only bring: those of earlier periods
MOST_COLUMNS = 96  # the column of lines stands no further right
GAP = 2


def tree_of(names: Sequence[str], entries: Iterable[Entry], language: str) -> str:
    """Each name with its working; below it what it rests on, each name once."""
    entries = tuple(entries)
    several = Counter(entry.name for entry in entries if entry.row is None)
    known = {e.name: e for e in entries if e.row is None and several[e.name] == 1}
    lines: dict[str, list[Entry]] = {}
    for entry in entries:
        if several[entry.name] > 1 or (entry.row is not None and (not entry.given or entry.name in names)):
            lines.setdefault(entry.name, []).append(entry)
    tree = _Tree(known, lines, language)
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
    """`hours [row 3]`, `team size [华东]`."""
    if entry.row is not None:
        return f"{entry.title} [{say('row', language, row=entry.row)}]"
    return f"{entry.title} [{entry.group}]" if entry.group else entry.title


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
    """Draws entries below one another. A name that was drawn is referred to when it comes again.

    Of what the rows of a table compute, the first few are drawn below the value that gathers them.
    """

    def __init__(self, entries: dict[str, Entry], rows: dict[str, list[Entry]], language: str) -> None:
        self.entries, self.rows, self.language = entries, rows, language
        self.drawn: set[str] = set()

    def root(self, name: str) -> Iterator[tuple[str, str]]:
        """A value that was asked for; of one that several rows or groups have, the first of them."""
        for below in self.below((name,)):
            if isinstance(below, Entry):
                yield from self.entry(below, "", "")
            else:
                yield below, ""

    def entry(self, entry: Entry, first: str, rest: str) -> Iterator[tuple[str, str]]:
        """`first` stands before the head, `rest` before everything below it."""
        head = f"{_title(entry, self.language)} = {entry.value}"
        if entry.name in self.entries and entry.name in self.drawn:
            working = bool(entry.working or entry.asides or entry.reads)
            above = f"  ({say('above', self.language)})" if working else ""
            yield first + head + above, _place(entry.line, entry.what, self.language)
            return
        self.drawn.add(entry.name)
        yield first + head, _place(entry.line, entry.what, self.language)
        children = list(self.below(entry.reads))
        bar = "│ " if children else "  "
        yield from ((rest + bar + text, place) for text, place in _working(entry, self.language))
        for i, child in enumerate(children):
            last = i == len(children) - 1
            branch, space = rest + ("└ " if last else "├ "), rest + ("  " if last else "│ ")
            if isinstance(child, Entry):
                yield from self.entry(child, branch, space)
            else:
                yield branch + child, ""

    def below(self, names: Iterable[str]) -> Iterator[Entry | str]:
        """The entries of these names; of rows and groups the first few, once, and how many there are more."""
        for name in names:
            if name in self.entries:
                yield self.entries[name]
            elif name in self.rows and name not in self.drawn:
                self.drawn.add(name)
                rows = self.rows[name]
                most = MOST_ROWS if any(row.working or row.asides for row in rows) else MOST_GIVEN
                yield from rows[:most]
                if len(rows) > most:
                    yield say_count("more_rows", self.language, len(rows) - most, count=len(rows) - most)


def _aligned(rows: Iterable[tuple[str, str]]) -> str:
    """Places in one column, right of the widest text that is not wider than the page."""
    rows = list(rows)
    columns = max((width(text) for text, place in rows if place and width(text) <= MOST_COLUMNS), default=0)
    return "\n".join((pad(text, columns) + " " * GAP + place if place else text).rstrip() for text, place in rows)
