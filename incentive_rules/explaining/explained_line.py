"""A line of a trace in words, as texts and pages take it."""

from __future__ import annotations

from attrs import frozen

Address = tuple[str, str | None, int]  # a name, the table of details, and the row


@frozen
class Aside:
    """Something without a name of its own that an entry depends on: a look-up, an aggregate, a function."""

    text: str
    line: int | None = None
    what: str = ""
    working: tuple[str, ...] = ()


@frozen
class ExplainedLine:
    """One line of a trace in words: `working` are its equations, `reads` the names that it depends on."""

    name: str
    title: str
    value: str
    line: int
    what: str = ""  # where a value that was given comes from
    working: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    notes: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    missing: bool = False
    adjusted: tuple[str, ...] = ()  # the reasons of the adjustments that changed it
    row: int | None = None
    group: str = ""  # the key of the group that it is a value of
    given: bool = False  # a cell of the data
    details: str | None = None
    own: tuple[Address, ...] = ()  # the rows where names were read that every row of a table has
    cells: tuple[str, ...] = ()  # the names in whose cells an aggregate worked something out for each row
