"""Builds the people of a run from tables: files are joined one to one on the key, detail rows given to owners.

Only the keys are read here. A table that cannot be used is a problem of the whole table; a row that is refused (its key
missing, or twice) keeps its problem, so that a run may set that row aside and pay the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Sized
from functools import partial
from itertools import islice

from attrs import evolve

from ..base.problems import Problem, Problems
from ..base.text import MOST_LISTED, echo, listed, nearest
from ..model.checked import Checked, CheckedInput
from ..model.data import DataRow, DataTable, FileRows, People, RowsRead
from ..model.levels import PERSON, Level
from ..model.record import History
from ..model.table import Cells
from .earlier import carried_inputs, too_few_rows, with_carried, with_recorded, wrong_rows
from .owners.giving import GivenRows, give_rows
from .owners.groups import Known, known_groups, read_groups, refused_groups, with_unknown_groups
from .owners.ownership import Owners
from .sources.mappings import read_mappings
from .sources.strays import unread_in, without_heading
from .tables.columns import heading_of
from .tables.data_rows import column_of_rows, keys_of_people, numbered, with_changed
from .tables.detail_tables import Readers, TableRead, made_from, people_made, read_details
from .tables.joining import columns_of_all, joined
from .tables.links import can_be_made, group_table, inputs_at, key_input, links_of, person_inputs
from .tables.rows import placed
from .tables.used import levels_used
from .tables.words import alike_words, open_words, twin_words, warn_of_strangers

FilesByTable = Mapping[str, Sequence[DataTable]]
NO_HISTORY = History()


def gather(
    checked: Checked,
    tables: Sequence[DataTable] | None,
    further: FilesByTable,
    history: History = NO_HISTORY,
    *,
    alone: bool = False,
) -> tuple[People | None, Problems]:
    """The people of `tables`, with the rows of `further` ones; or all problems of whole tables.

    `further` are detail tables and tables of groups, by name. Without `tables` (None) the people are those that the
    detail rows name. Of somebody `alone`, detail rows need not name the person, and every input may be left out.
    """
    made = _made(checked, tables, further)
    found = _Read(checked, levels_used(checked), made, alone)
    problems = [*_unknown_tables(checked, further), *_absent(checked, tables, further, made)]
    optional = {one.name for one in person_inputs(checked)} if alone else carried_inputs(checked, history)
    problems += found.read_people(tables or (), optional)
    problems += found.read_groups(further)
    problems += found.read_details(further)
    if problems:
        return None, tuple(problems)
    every = [("", table) for table in tables or ()]
    every += [(name, table) for name, given in further.items() for table in given]
    return found.together(history, every)


def gather_one(
    checked: Checked, facts: Mapping[str, object], details: Mapping[str, Sequence[Mapping[str, object]]]
) -> tuple[People | None, Problems]:
    """One person alone, with detail rows, which need not name the person.

    A name that nothing reads is a problem: in the facts of one person it is nearly always a misspelling.
    """
    person, wrong = read_mappings([facts])
    tables = {name: read_mappings(rows, name) for name, rows in details.items()}
    problems = (*wrong, *(problem for _, found in tables.values() for problem in found))
    if problems or person is None:
        return None, problems
    further = {name: [table] for name, (table, _) in tables.items() if table is not None}
    people, problems = gather(checked, [person], further, alone=True)
    if people is None or not people.unread:
        return people, problems
    return None, tuple(_unknown_name(checked, table, heading) for table, heading in people.unread)


class _Read:
    """Reads the tables one after another; `together` gives their rows to their owners."""

    def __init__(
        self, checked: Checked, levels: Collection[Level], made: Collection[Level], alone: bool = False
    ) -> None:
        self.checked = checked
        self.alone = alone
        self.levels = levels
        self.made = made
        self.people: Sequence[DataRow] = ()
        self.groups: dict[Level, tuple[DataRow, ...]] = {}
        self.details: dict[str, TableRead] = {}
        self.files: dict[str, tuple[FileRows, ...]] = {}
        self.unread: list[tuple[str, str]] = []
        self.warnings: list[Problem] = []

    # ── Reading ──────────────────────────────────────────────────────────────────────────────────

    def read_people(self, tables: Sequence[DataTable], carried: Collection[str]) -> Problems:
        inputs, key = person_inputs(self.checked), key_input(self.checked)
        columns, problems = columns_of_all(inputs, key, tables, carried)
        problems += tuple(self._misnamed(tables, columns, key))
        if not problems:
            self.people, self.files[""], warnings = joined(inputs, key, tables, columns)
            self.warnings += warnings
            for table, found in zip(tables, columns, strict=True):
                self.unread += unread_in(table, found.values())
                self.warnings += without_heading(table)
        return problems

    def _misnamed(
        self, tables: Sequence[DataTable], columns: Sequence[Mapping[str, int]], key: CheckedInput | None
    ) -> Iterator[Problem]:
        """The problems of files that have nothing of people but their keys, and all that another table needs.

        Every file without the name of a table is one of people: the rows of a table in it would be lost.
        """
        details = [level for level in self.checked.levels if self.checked.levels[level].sort == "details"]
        own = {level[0]: _headings_of_rows(inputs_at(self.checked, level)) for level in details}
        for table, found in zip(tables, columns, strict=True):
            if table.name and found.keys() <= {key.name if key is not None else ""}:
                whole = (name for name, headings in own.items() if headings and set(headings) <= set(table.headings))
                for name in islice(whole, 1):
                    headings = "`, `".join(map(echo, own[name]))
                    params = {"file": echo(table.name), "heading": headings, "name": echo(name)}
                    yield Problem("data-misnamed", params, table=table.name)

    def read_groups(self, groups: FilesByTable) -> Problems:
        problems: Problems = ()
        for table in self.checked.scheme.groups:
            if table.name in groups:
                rows, files, wrong, unread, warnings = read_groups(self.checked, table, groups[table.name])
                self.groups[table.key,], self.files[table.name] = rows, files
                self.warnings += warnings
                self.unread += unread
                problems += wrong
                if len(rows) > self.checked.scheme.max_people:
                    problems += (_too_many(len(rows), self.checked, table.name),)
        return problems

    def read_details(self, details: FilesByTable) -> Problems:
        problems: Problems = ()
        readers = Readers()
        for table in self.checked.scheme.details:
            if table.name in details:
                links = links_of(self.checked, table.name, self.levels, self.made, self.alone)
                self.details[table.name], wrong, unread = read_details(
                    links, details[table.name], readers, self.alone
                )
                self.files[table.name] = self.details[table.name].files
                self.warnings += self.details[table.name].warnings
                self.unread += unread
                problems += wrong
        return problems

    # ── Giving ───────────────────────────────────────────────────────────────────────────────────

    def together(self, history: History, tables: Iterable[tuple[str, DataTable]]) -> tuple[People | None, Problems]:
        self._make()
        scheme = self.checked.scheme
        if len(self.people) > scheme.max_people:
            return None, (_too_many(len(self.people), self.checked),)
        groups, known = self._known_groups()
        owners = Owners(set(keys_of_people(self.people)), known, self.people[0].key if self.alone else "")
        details: dict[str, Mapping[str, Sequence[DataRow]]] = {}
        shared: dict[str, Sequence[DataRow]] = {}
        read = {"": self._read("", self.people)}
        read |= {table.name: self._read(table.name, self.groups.get((table.key,))) for table in scheme.groups}
        blamed: dict[str, list[Problem]] = {}
        lacking = {level: refused_groups(self.checked, level, rows) for level, rows in groups.items()}
        orphans = [problem for rows in groups.values() for row in rows for problem in row.problems]
        for level in self.checked.levels:
            if level and level[0] in self.details:
                name = level[0]
                given = give_rows(self.checked, self.details[name], owners, self._words(inputs_at(self.checked, level)))
                details[name] = given.of_people
                shared |= {name: given.shared} if given.shared else {}
                read[name] = self._read(name, self.details[name], given)
                self.warnings += warn_of_strangers(given.strangers, partial(owners.near, PERSON), name)
                orphans += given.orphans
                _add(blamed, given.blamed)
                lacking[level] = tuple(given.lacking)
        problems = () if self.alone else tuple(too_few_rows(self.checked, details, history))
        if problems:
            return None, problems
        _add(blamed, history.problems)
        _add(blamed, wrong_rows(self.checked, details, history))
        details |= with_recorded(self.checked, details, owners.people, history)
        rows = with_unknown_groups(self.people, person_inputs(self.checked), known)
        rows = with_carried(self.checked, rows, history)
        to_blame = [n for n, key in enumerate(keys_of_people(rows)) if key in blamed] if blamed else []
        with_blame = {n: evolve(rows[n], problems=(*rows[n].problems, *blamed[rows[n].key])) for n in to_blame}
        rows = numbered(self._with_twins(with_changed(rows, with_blame)))
        kept = tuple((name, _without_rows(table)) for name, table in tables)
        digests = tuple(table.digest for _, table in kept)
        people = People(
            rows, details, tuple(orphans), tuple(self.unread), digests,
            {level[0]: found for level, found in groups.items()}, shared,
            {name: found for name, found in read.items() if found is not None}, kept, history,
            {level: rows for level, rows in lacking.items() if rows},
        )  # fmt: skip
        if self.alone:
            return people, ()
        return evolve(people, warnings=(*self.warnings, *alike_words(self.checked, people))), ()

    def _read(self, name: str, rows: Sized | None, given: GivenRows | None = None) -> RowsRead | None:
        """How many rows a table has, and which of them have no owner; None if there is no such table."""
        if rows is None:
            return None
        nobodys = (given.left_out, given.without_owner, given.refused, given.waiting) if given is not None else ()
        return RowsRead(len(rows), self.files.get(name, ()), *nobodys)

    def _words(self, inputs: Sequence[CheckedInput]) -> tuple[CheckedInput, ...]:
        """The inputs with open words by which nobody is grouped: groups are compared when all are known."""
        words = () if self.alone else open_words(self.checked, inputs)
        return tuple(one for one in words if (one.name,) not in self.levels)

    def _with_twins(self, rows: Sequence[DataRow]) -> Sequence[DataRow]:
        """The rows; those with a word that looks like another one have the problem of it."""
        words = self._words(person_inputs(self.checked))
        same = twin_words(words, Cells({one.name: column_of_rows(rows, one.name) for one in words}, len(rows)))
        found = {}
        for number, problems in same.items():
            row = rows[number]
            mine = (placed(one, row.elsewhere.get(one.params["input"], row.origin), row.key) for one in problems)
            found[number] = evolve(row, problems=(*row.problems, *mine))
        return with_changed(rows, found)

    def _make(self) -> None:
        """Makes the tables, and the people, that come from the rows below them, the lowest first."""
        for level in reversed(tuple(self.checked.levels)):
            if level not in self.made:
                continue
            below = [self.details[name] for name in self.details if level in self.checked.levels[name,].owners]
            if level == PERSON:
                self.people = people_made(self.checked, below)
            else:
                links = links_of(self.checked, level[0], self.levels, self.made, self.alone)
                self.details[level[0]] = made_from(links, below)

    def _known_groups(self) -> tuple[dict[Level, tuple[DataRow, ...]], dict[Level, Known]]:
        """The rows of groups, each after the groups to which it belongs, and which of them are accepted."""
        groups: dict[Level, tuple[DataRow, ...]] = {}
        known: dict[Level, Known] = {}
        for level in self.checked.levels:
            if level in self.groups:
                groups[level] = tuple(with_unknown_groups(self.groups[level], inputs_at(self.checked, level), known))
                table = group_table(self.checked, level[0])
                known[level] = known_groups(table.name if table is not None else level[0], groups[level])
        return groups, known


def _made(checked: Checked, tables: Sequence[DataTable] | None, further: FilesByTable) -> frozenset[Level]:
    """The levels without a file whose rows are made from the rows below them."""
    made: set[Level] = set()
    for level in reversed(tuple(checked.levels)):
        sort = checked.levels[level].sort
        given = tables is not None if level == PERSON else sort != "details" or level[0] in further
        below = (one for one in checked.scheme.details if level in checked.levels[one.name,].owners)
        if not given and can_be_made(checked, level) and any(b.name in further or (b.name,) in made for b in below):
            made.add(level)
    return frozenset(made)


def _unknown_tables(checked: Checked, further: FilesByTable) -> Problems:
    known = [*(table.name for table in checked.scheme.details), *(table.name for table in checked.scheme.groups)]
    names = " ".join(f"`{name}`" for name in known)
    return tuple(
        Problem("data-details", {"name": echo(name), "names": names}, "" if known else "none")
        for name in further
        if name not in known
    )


def _absent(
    checked: Checked, tables: Sequence[DataTable] | None, further: FilesByTable, made: Collection[Level]
) -> Problems:
    """The problems of tables that are neither given nor made; a table of groups without inputs needs no file."""
    found = []
    if tables is None and PERSON not in made:
        found.append(Problem("data-details", {}, "people"))
    for table in checked.scheme.details:
        if table.name not in further and (table.name,) not in made and not table.recorded:
            found.append(Problem("data-details", {"name": table.name}, "missing"))
    for group in checked.scheme.groups:
        if group.name not in further and any(one.name != group.key for one in inputs_at(checked, (group.key,))):
            found.append(Problem("data-details", {"name": group.name}, "group"))
    return tuple(found)


def _headings_of_rows(inputs: Sequence[CheckedInput]) -> list[str]:
    """The columns of a file of rows, except keys and what the run adds itself."""
    return [heading_of(one) for one in inputs if "(" not in one.name and one.definition.type != "key"]


def _without_rows(table: DataTable) -> DataTable:
    """A table as a run keeps it: without its rows if it has the bytes of its file."""
    return evolve(table, rows=(), lines=()) if table.content else table


def _add(blamed: dict[str, list[Problem]], more: Mapping[str, Sequence[Problem]]) -> None:
    for person, problems in more.items():
        blamed.setdefault(person, []).extend(problems)


def _unknown_name(checked: Checked, table: str, name: str) -> Problem:
    level: Level = (table,) if table else PERSON
    inputs = inputs_at(checked, level) if level else person_inputs(checked)
    names = [heading_of(one) for one in inputs]
    near = nearest(name, names, 1)
    if near:
        return Problem("data-name-unknown", {"name": echo(name), "near": near[0]}, "near", table=table)
    inputs_there = listed((f"`{one}`" for one in names), MOST_LISTED)
    return Problem("data-name-unknown", {"name": echo(name), "inputs": inputs_there}, table=table)


def _too_many(count: int, checked: Checked, table: str = "") -> Problem:
    params = {"count": str(count), "most": str(checked.scheme.max_people)}
    return Problem("data-too-many", {**params, "limit": "max_people", "limit_zh": "最多人数"}, table=table)
