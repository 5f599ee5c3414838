"""The collector of cycles is paused around our own work, and given back as it was found."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from threading import Barrier, Thread

import pytest

import incentive_rules as ir
from incentive_rules.base.garbage import collector_paused

SCHEME = """\
format: 1
scheme: t
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
pay: {bonus: {amount: 10 * jobs}}
inputs: {k: {type: key}, jobs: {type: integer, range: [0, 9]}}
"""


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    assert gc.isenabled()
    yield
    gc.enable()


def test_it_is_paused_inside_and_at_work_again_afterwards() -> None:
    with collector_paused():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_given_back_when_something_fails() -> None:
    with pytest.raises(KeyboardInterrupt), collector_paused():
        raise KeyboardInterrupt
    assert gc.isenabled()


def test_who_had_turned_it_off_finds_it_off() -> None:
    gc.disable()
    with collector_paused():
        pass
    assert not gc.isenabled()


def test_pauses_in_one_another() -> None:
    with collector_paused():
        with collector_paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_pauses_beside_one_another_in_threads() -> None:
    """One begins first and ends first; it stays paused until the other one ends."""
    began, ended = Barrier(2), Barrier(2)
    seen: list[bool] = []

    def other() -> None:
        with collector_paused():
            began.wait()
            ended.wait()
            seen.append(gc.isenabled())

    thread = Thread(target=other)
    with collector_paused():
        thread.start()
        began.wait()
    ended.wait()
    thread.join()
    assert seen == [False]
    assert gc.isenabled()


def test_a_run_gives_it_back_whatever_comes_of_it() -> None:
    pipeline = ir.compile(text=SCHEME, period="2026-04")
    assert pipeline.run([{"k": "A", "jobs": 3}]).results
    assert gc.isenabled()
    with pytest.raises(ir.DataError):
        pipeline.run([{"k": "A", "jobs": 30}])
    assert gc.isenabled()
    gc.disable()
    pipeline.run([{"k": "A", "jobs": 3}])
    assert not gc.isenabled()


def test_the_rows_of_the_caller_are_taken_with_the_collector_at_work() -> None:
    pipeline = ir.compile(text=SCHEME, period="2026-04")
    seen = []

    def rows() -> Iterator[dict[str, object]]:
        for i in range(3):
            seen.append(gc.isenabled())
            yield {"k": f"K{i}", "jobs": i}

    pipeline.run(rows())  # type: ignore[arg-type]
    assert seen == [True, True, True]
