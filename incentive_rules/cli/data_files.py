"""Assigns files to tables: the files of a folder by their names, the others as named on the command line."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from attrs import field, frozen

from ..base.problems import Problem
from ..base.text import echo
from ..reading.sources.files import MOST_BYTES, bytes_of

ENDINGS = (".csv", ".csv.gz", ".json", ".json.gz", ".parquet", ".xlsx")


@frozen
class DataFiles:
    """The files of people, those of each further table, and the files of folders that are no data."""

    people: tuple[str, ...]
    tables: tuple[tuple[str, str], ...]  # name of the table, file
    passed_over: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def data_files(data: Sequence[str], named: Sequence[tuple[str, str]], tables: Collection[str]) -> DataFiles:
    """`data` are files of people, or folders: a file that is called like one of `tables` is that table's.

    `named` are tables with their files. In a folder all files count, in the order of their names. A sheet of a workbook
    (`book.xlsx#工单`) that is called like a table is that table's, and the only other one in which something stands is
    of people.
    """
    people: list[str] = []
    found: list[tuple[str, str]] = []
    passed_over: list[str] = []
    problems: list[Problem] = []
    by_name = {_composed(name): name for name in tables}
    for table, file in named:
        found.append((table, _sheet_for(table, file, problems)))
    for one in data:
        if Path(one).is_dir():
            files, others, problem = _in_folder(Path(one))
            passed_over += others
            problems += [*([] if problem is None else [problem]), *_twice(files)]
        else:
            files = [Path(one)]
        for file in map(str, files):
            table_of_file = by_name.get(_composed(_stem(Path(file).name))) if Path(one).is_dir() else None
            if table_of_file is not None:
                found.append((table_of_file, _sheet_for(table_of_file, file, problems)))
                continue
            sheets, rest = _tables_in(file, by_name, problems)
            problems += _sheets_twice(found, sheets)
            found += [sheet for sheet in sheets if sheet not in found]
            people += [file] if rest is None else [f"{file}#{name}" for name in rest]
    return DataFiles(tuple(people), tuple(found), tuple(passed_over), tuple(problems))


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _listed_sheets(file: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sheets of a workbook, and its hidden ones; none if the file is no workbook, or names its sheet."""
    if not file.lower().endswith(".xlsx"):
        return (), ()
    from ..reading.sources.workbooks import sheets_in

    content, _, _ = bytes_of(file, MOST_BYTES)
    return ((), ()) if content is None else sheets_in(content)


def _sheet_for(table: str, file: str, problems: list[Problem]) -> str:
    """The file of a table, with the sheet that is called like it if there are several."""
    sheets, hidden = _listed_sheets(file)
    if table in map(_composed, hidden):
        problems.append(_sheet_problem(file, "hidden_table", sheet=echo(table)))
    own = next((name for name in sheets if _composed(name) == _composed(table)), None)
    return file if own is None or len(sheets) == 1 else f"{file}#{own}"


def _tables_in(
    file: str, by_name: Mapping[str, str], problems: list[Problem]
) -> tuple[list[tuple[str, str]], list[str] | None]:
    """The sheets of a workbook that are called like tables, and the one of people.

    None for people where the file itself is to be read: it is no workbook, or nobody can tell which sheet is meant.
    """
    sheets, hidden = _listed_sheets(file)
    clash = [name for name in hidden if _composed(name) in by_name]
    problems += [_sheet_problem(file, "hidden_table", sheet=echo(name)) for name in clash]
    if len(sheets) < 2:
        return [], None
    found = [(by_name[_composed(name)], f"{file}#{name}") for name in sheets if _composed(name) in by_name]
    rest = [name for name in sheets if _composed(name) not in by_name]
    return found, rest if len(rest) < 2 else None


def _twice(files: Sequence[Path]) -> list[Problem]:
    """The problems of workbooks beside which another file has the same name: `people.csv` and `people.xlsx`."""
    first: dict[str, Path] = {}
    problems = []
    for file in files:
        other = first.setdefault(_composed(_stem(file.name)), file)
        if other is not file and ".xlsx" in (file.suffix.lower(), other.suffix.lower()):
            problems.append(_sheet_problem(str(file), "two", other=echo(other.name)))
    return problems


def _sheets_twice(found: Sequence[tuple[str, str]], sheets: Sequence[tuple[str, str]]) -> list[Problem]:
    """The problems of sheets whose table another file brings already."""
    return [
        _sheet_problem(file, "two", other=echo(Path(other).name))
        for table, file in sheets
        for own, other in found
        if own == table and other != file
    ]


def _sheet_problem(file: str, variant: str, **params: str) -> Problem:
    name = echo(Path(file).name)
    return Problem("data-sheet", {"file": f"`{name}`", **params}, variant, table=name)


def shown_names(files: Collection[str]) -> dict[str, str]:
    """The name of each file in messages: its own, with the name of its folder if two files share it."""
    counts = Counter(Path(file).name for file in set(files))
    return {
        file: Path(file).name if counts[Path(file).name] < 2 else "/".join(Path(os.path.realpath(file)).parts[-2:])
        for file in files
    }


def _in_folder(folder: Path) -> tuple[list[Path], list[str], Problem | None]:
    """The data files of a folder, the names of everything else in it, and why it holds no data."""
    name = echo(folder.name or str(folder))
    try:
        entries = sorted((e for e in folder.iterdir() if not e.name.startswith(".")), key=lambda entry: entry.name)
    except OSError as error:
        params = {"file": f"`{name}`", "reason": error.strerror or ""}
        return [], [], Problem("data-file", params, "denied", table=name)
    files = [entry for entry in entries if entry.name.lower().endswith(ENDINGS) and not entry.is_dir()]
    others = [entry.name for entry in entries if entry not in files]
    problem = None if files else Problem("data-file", {"file": f"`{name}`"}, "none", table=name)
    return files, others, problem


def _stem(name: str) -> str:
    ending = max((one for one in ENDINGS if name.lower().endswith(one)), key=len)
    return name[: -len(ending)]
