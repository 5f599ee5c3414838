"""Threads that ask for explanations at the same time get what one after the other would get."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from threading import Thread

import pytest

import incentive_rules as ir

SCHEME = """\
format: 1
scheme: threads
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: EUR
quantities: {a: x + y * 2 - x / 3, b: a * 2 + y}
pay: {bonus: {amount: "1 * round(a + b, 2)"}}
inputs: {k: {type: key}, x: {type: integer, range: [0, 9]}, y: {type: integer, range: [0, 9]}}
"""
AMONG = SCHEME.replace("b: a * 2 + y", 'b: "round(coalesce(mean(x, over=everyone), 0), 2) + y * 2"')


@pytest.fixture
def many_switches() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("many_switches")
@pytest.mark.parametrize("scheme, rows", [(SCHEME, 1), (AMONG, 8)], ids=["one person", "a company"])
def test_explanations_do_not_mix(scheme: str, rows: int) -> None:
    pipeline = ir.compile(text=scheme, period="2026-01")
    people = [{"k": f"E{n}", "x": n, "y": n + 1} for n in range(8)]
    results = [pipeline.score(row) for row in people] if rows == 1 else pipeline.run(people, referee=0).results
    right = [str(result.explain("en")) for result in results]
    wrong: list[object] = []

    def ask(number: int) -> None:
        for _ in range(10):
            try:
                if str(results[number].explain("en")) != right[number]:
                    wrong.append(number)
            except Exception as error:
                wrong.append(error)

    threads = [Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
