"""Assigns files to tables: the files of a folder by their names, the others as named on the command line."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

from attrs import field, frozen

from ..base.problems import Problem
from ..base.text import echo

ENDINGS = (".csv", ".csv.gz", ".json", ".json.gz", ".parquet")


@frozen
class DataFiles:
    """The files of people, those of each further table, and the files of folders that are no data."""

    people: tuple[str, ...]
    tables: tuple[tuple[str, str], ...]  # name of the table, file
    passed_over: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def data_files(data: Sequence[str], named: Sequence[tuple[str, str]], tables: Collection[str]) -> DataFiles:
    """`data` are files of people, or folders: a file that is called like one of `tables` is that table's.

    `named` are tables with their files. In a folder all files count, in the order of their names.
    """
    people: list[str] = []
    found = list(named)
    passed_over: list[str] = []
    problems: list[Problem] = []
    by_name = {unicodedata.normalize("NFC", name): name for name in tables}
    for one in data:
        if not Path(one).is_dir():
            people.append(one)
            continue
        files, others, problem = _in_folder(Path(one))
        passed_over += others
        problems += [] if problem is None else [problem]
        for file in files:
            table = by_name.get(unicodedata.normalize("NFC", _stem(file.name)))
            if table is None:
                people.append(str(file))
            else:
                found.append((table, str(file)))
    return DataFiles(tuple(people), tuple(found), tuple(passed_over), tuple(problems))


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
