"""A data file costs what its size promises: no packed, wide or endless table hangs or fills the machine."""

from __future__ import annotations

import gzip
import time

import pytest

from incentive_rules.reading.sources import refusals
from incentive_rules.reading.sources.files import read_bytes


def refusal(data: bytes, name: str) -> tuple[str, str]:
    table, problems = read_bytes(data, name)
    assert table is None
    return problems[0].code, problems[0].variant


def test_a_name_that_stands_twice_among_many_is_found_at_once() -> None:
    names = ",".join(f'"k{i}":1' for i in range(100_000))
    began = time.process_time()
    assert refusal(f'[{{{names},"k99999":2}}]'.encode(), "rows.json") == ("data-heading-twice", "")
    assert time.process_time() - began < 5


# What is small as a file and large in memory: (before, repeated, after).
SMALL: dict[str, tuple[bytes, bytes, bytes]] = {
    "rows.csv": (b"a\n", b"1\n", b""),
    "wide.csv": (b"", b",", b""),
    "cells.csv": (b"a,b\n", b",\n", b""),
    "row_of_lines.csv": (b"a\n", b'"\n",', b""),
    "objects.json": (b"[", b"{},", b"{}]"),
    "lists.json": (b"[", b"[],", b"[]]"),
    "numbers.json": (b"[", b"1,", b"1]"),
}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", SMALL)
def test_no_more_cells_are_read_than_a_table_may_have(name: str, packed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "MOST_CELLS", 1000)
    before, repeated, after = SMALL[name]
    data = before + repeated * 1200 + after
    assert refusal(gzip.compress(data) if packed else data, name + ".gz" * packed) == ("data-file", "cells")


@pytest.mark.parametrize("name", ["rows.csv", "objects.json"])
def test_no_more_rows_are_read_than_a_table_may_have(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row takes more memory than the few cells in it."""
    monkeypatch.setattr(refusals, "MOST_ROWS", 1000)
    before, repeated, after = SMALL[name]
    assert refusal(before + repeated * 1200 + after, name) == ("data-file", "rows")


def test_a_table_of_as_many_cells_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "MOST_CELLS", 1000)
    table, _ = read_bytes(b"a,b\n" + b"1,2\n" * 499, "rows.csv")
    assert table is not None and len(table.rows) == 499
    table, _ = read_bytes(b"[" + b'{"a": 1},' * 499 + b'{"a": 1}]', "rows.json")
    assert table is not None and len(table.rows) == 500


@pytest.mark.nightly
def test_a_packed_bomb_stays_small() -> None:
    for repeated in (b",", b"a\n", b"a,\n"):
        data = gzip.compress(repeated * ((400 << 20) // len(repeated)), 9)
        assert refusal(data, "rows.csv.gz") in (("data-file", "cells"), ("data-file", "rows"))
