"""Lays out explanations on the screen: a tree, or the complete list, with the lines of the scheme in a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..base.text import pad, width
from ..base.words import comma
from .explained_line import ExplainedLine
from .words import phrase, phrase_count

MOST_ROWS = 3  # of a quantity that the rows of a table compute
MOST_GIVEN = 12  # of values that rows only bring: those of earlier periods
MOST_COLUMNS = 96  # the column of lines stands no further right
GAP = 2


def tree_of(names: Sequence[str], entries: Iterable[ExplainedLine], language: str) -> str:
    """Each name with its working, and below it what it depends on, each name once."""
    entries = tuple(entries)
    several = Counter(entry.name for entry in entries if entry.row is None)
    known = {e.name: e for e in entries if e.row is None and several[e.name] == 1}
    lines: dict[str, list[ExplainedLine]] = {}
    for entry in entries:
        if entry.row is not None or several[entry.name] > 1:
            lines.setdefault(entry.name, []).append(entry)
    tree = _Tree(known, lines, language)
    rows: list[tuple[str, str]] = []
    for name in names:
        if name in known and _spot(known[name]) in tree.drawn and len(names) > 1:
            continue
        if rows:
            rows.append(("", ""))
        rows.extend(tree.root(name))
    drawn = [entry for entry in entries if _spot(entry) in tree.drawn]
    return "\n".join([_aligned(rows), "", *_endings(drawn, language)])


def _endings(entries: Sequence[ExplainedLine], language: str) -> Iterator[str]:
    """Lists what was missing and what was adjusted, or says that nothing was."""
    comma, colon = phrase("comma", language), phrase("colon", language)
    missing = [_title(entry, language) for entry in entries if entry.missing]
    adjusted = [f"{_title(entry, language)} ({comma.join(entry.adjusted)})" for entry in entries if entry.adjusted]
    if missing:
        yield phrase("were_missing", language) + colon + comma.join(missing)
    if adjusted:
        yield phrase("were_adjusted", language) + colon + comma.join(adjusted)
    if not missing and not adjusted:
        yield phrase("nothing_missing", language)


def list_of_all(entries: Iterable[ExplainedLine], language: str) -> str:
    """Every entry with its working, in an order in which each reads only those above it."""
    rows: list[tuple[str, str]] = []
    for entry in entries:
        rows.append((f"{_title(entry, language)} = {entry.value}", _place(entry.line, entry.what, language)))
        rows.extend(("    " + text, place) for text, place in _working(entry, language))
    return _aligned(rows)


def _title(entry: ExplainedLine, language: str) -> str:
    """`hours [row 3]`, `team size [华东]`."""
    if entry.row is not None:
        return f"{entry.title} [{phrase('row', language, row=entry.row)}]"
    return f"{entry.title} [{entry.group}]" if entry.group else entry.title


def _spot(entry: ExplainedLine) -> tuple[str, int | None, str]:
    """The identity of an entry: its name, row and group."""
    return entry.name, entry.row, entry.group


def _is_cell(entry: ExplainedLine) -> bool:
    """Whether it is a cell of a row in the data."""
    return entry.given and entry.row is not None


def _place(line: int | None, what: str, language: str) -> str:
    """`table, line 290`."""
    where = "" if line is None else phrase("line", language, line=line)
    return f"{what}{comma(language)}{where}" if what and where else what or where


def _working(entry: ExplainedLine, language: str) -> Iterator[tuple[str, str]]:
    """The equations, then the notes, then the asides, each with the line of the scheme."""
    yield from ((text, "") for text in entry.working if text != f"= {entry.value}")
    yield from ((text, "") for text in entry.notes)
    for aside in entry.asides:
        yield aside.text, _place(aside.line, aside.what, language)
        yield from (("  " + text.removeprefix("  "), "") for text in aside.working)


class _Tree:
    """Draws entries below one another. A name that was drawn before is referred to.

    Of values of the rows of a table, the first few are drawn below the value that aggregates them.
    """

    def __init__(self, entries: dict[str, ExplainedLine], rows: dict[str, list[ExplainedLine]], language: str) -> None:
        self.entries, self.rows, self.language = entries, rows, language
        self.drawn: set[tuple[str, int | None, str]] = set()
        self.listed: set[str] = set()  # of what several rows or groups have, the names drawn below an aggregate

    def root(self, name: str) -> Iterator[tuple[str, str]]:
        """Draws a value that was asked for; if several rows or groups have it, the first one."""
        for below in self.below((name,)) if name in self.entries else self.some_of(name):
            if isinstance(below, ExplainedLine):
                yield from self.entry(below, "", "")
            else:
                yield below, ""

    def entry(self, entry: ExplainedLine, first: str, rest: str) -> Iterator[tuple[str, str]]:
        """`first` stands before the head, `rest` before everything below it."""
        head = f"{_title(entry, self.language)} = {entry.value}"
        if _spot(entry) in self.drawn:
            working = bool(entry.working or entry.asides or entry.reads)
            above = f"  ({phrase('above', self.language)})" if working else ""
            yield first + head + above, _place(entry.line, entry.what, self.language)
            return
        self.drawn.add(_spot(entry))
        yield first + head, _place(entry.line, entry.what, self.language)
        children = list(self.below(entry.reads, entry))
        bar = "│ " if children else "  "
        yield from ((rest + bar + text, place) for text, place in _working(entry, self.language))
        for i, child in enumerate(children):
            last = i == len(children) - 1
            branch, space = rest + ("└ " if last else "├ "), rest + ("  " if last else "│ ")
            if isinstance(child, ExplainedLine):
                yield from self.entry(child, branch, space)
            else:
                yield branch + child, ""

    def below(self, names: Iterable[str], reader: ExplainedLine | None = None) -> Iterator[ExplainedLine | str]:
        """The entries of these names; of values of several rows, that of the row that read it, or the first few."""
        for name in names:
            if name in self.entries:
                yield self.entries[name]
            elif name in self.rows:
                addresses, worked_out = (reader.own, reader.cells) if reader is not None else ((), ())
                own = [row for row in self.rows[name] if (name, row.details, row.row) in addresses]
                yield from own
                given = all(_is_cell(row) for row in self.rows[name])
                if not own and name not in self.listed and (not given or name in worked_out):
                    yield from self.some_of(name)

    def some_of(self, name: str) -> Iterator[ExplainedLine | str]:
        """The first few entries of a name that several rows or groups have, and how many more there are."""
        self.listed.add(name)
        rows = self.rows[name]
        most = MOST_ROWS if any(row.working or row.asides or _is_cell(row) for row in rows) else MOST_GIVEN
        yield from rows[:most]
        if len(rows) > most:
            word = "more_cells" if all(row.given for row in rows) else "more_rows"
            yield phrase_count(word, self.language, len(rows) - most, count=len(rows) - most)


def _aligned(rows: Iterable[tuple[str, str]]) -> str:
    """Aligns the places in one column, right of the widest text that fits the page."""
    rows = list(rows)
    columns = max((width(text) for text, place in rows if place and width(text) <= MOST_COLUMNS), default=0)
    return "\n".join((pad(text, columns) + " " * GAP + place if place else text).rstrip() for text, place in rows)
