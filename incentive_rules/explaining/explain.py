"""Explains values: the trace as data comes in, an `Explanation` for people and programs goes out.

    explain(checked, judgement.trace, "performance_pay", "en")

It never computes: every number in it was computed by whoever made the trace, and each can be checked with a pocket
calculator from the numbers beside and below it (above it, in the complete list).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from attrs import field, frozen

from ..lang.made_names import full_name
from ..model.checked import Checked
from ..model.scheme import Role
from ..model.trace import Trace, TraceLine
from .as_json import line_as_json
from .as_text import list_of_all, tree_of
from .entries import entry_of
from .explained_line import ExplainedLine
from .formatting import ValueFormatter
from .words import phrase


@frozen
class Explanation:
    """How values came about. `str()` is the text for people, `as_json()` the exact data.

    `names` are the values asked for; `entries` are these and everything they depend on, in an order in which each reads
    only earlier ones.
    """

    names: tuple[str, ...]
    language: str
    complete: bool
    entries: tuple[ExplainedLine, ...] = field(repr=False)
    lines: tuple[TraceLine, ...] = field(repr=False)
    _formatter: ValueFormatter = field(repr=False, eq=False)

    def __str__(self) -> str:
        if self.complete:
            return list_of_all(self.entries, self.language)
        return tree_of(self.names, self.entries, self.language)

    def as_json(self) -> dict[str, object]:
        """Everything with English words and exact texts, ready for `json.dumps`; lists cut unless it is complete."""
        return {"names": list(self.names), "lines": [line_as_json(line, self._formatter) for line in self.lines]}

    def _repr_html_(self) -> str:
        """The text for notebooks; everything in it is escaped."""
        return f"<pre>{escape(str(self))}</pre>"


def explain(
    checked: Checked, trace: Trace, name: str | Sequence[str] | None = None, language: str | None = None,
    all: bool = False,
) -> Explanation:  # fmt: skip
    """Explains `name`, or several, down to the data; without a name, what the scheme gives in the end.

    `all` lists every line of the trace, one below the other, instead of a tree. A name may be written as in the scheme
    or as its title; KeyError if the trace has no such name.
    """
    language = language or checked.scheme.language
    formatter = ValueFormatter(checked, language, all)
    if name is None:
        names = _outcomes(checked, trace)
    else:
        names = tuple(_found(one, trace, formatter) for one in ([name] if isinstance(name, str) else name))
    entries = {_key(line): entry_of(line, formatter) for line in trace}
    needed = {line.name for line in trace} if all and name is None else _needed(names, entries.values())
    lines = tuple(line for line in trace if line.name in needed)
    return Explanation(names, language, all, tuple(entries[_key(line)] for line in lines), lines, formatter)


def _key(line: TraceLine) -> tuple[str, int | None, str]:
    return line.name, line.row, line.key


def _found(name: str, trace: Trace, formatter: ValueFormatter) -> str:
    known = [line.name for line in trace]
    titled = [other for other in known if formatter.title(other) == name]
    for candidate in (name, full_name(name), *titled):
        if candidate in known:
            return candidate
    # A trace has the names that something was computed for: of a table without rows it has none.
    there = name in formatter.types or name in formatter.titles.values()
    raise KeyError(phrase("no_row_of_name" if there else "no_such_name", formatter.language, name=name))


def _outcomes(checked: Checked, trace: Trace) -> tuple[str, ...]:
    """The names that people are paid by in the end; without pay, the values that no other value reads."""
    lines = {line.name for line in trace}
    roles = {q.name: q.role for q in checked.scheme.quantities if q.name in lines}
    paid = tuple(name for name, role in roles.items() if role in (Role.RESULT, Role.HONOR, Role.ENTITLEMENT))
    return paid or tuple(name for name, role in roles.items() if role is not Role.MEASURED)[-1:]


def _needed(names: Iterable[str], entries: Iterable[ExplainedLine]) -> set[str]:
    """The names and everything that they depend on."""
    reads: dict[str, set[str]] = {}
    for entry in entries:  # of several rows, each may have taken another branch
        reads.setdefault(entry.name, set()).update(entry.reads)
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found and name in reads:
            found.add(name)
            waiting.extend(reads[name])
    return found
