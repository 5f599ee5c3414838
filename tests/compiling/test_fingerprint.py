"""The fingerprint of meaning changes with an amount, and with nothing that only people see."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

from attrs import evolve

from incentive_rules.compiling.fingerprint import fingerprint_of_meaning
from incentive_rules.model import terms as t
from incentive_rules.model.checked import Checked, CheckedQuantity
from tests.compiling.generated import facts, fixed
from tests.compiling.made import category, checked, given, named, number

A, B = given("a", number(0, 9), line=4), given("b", number(1, 9), line=5)
POST = given("post", category("junior", "senior", "expert"))


def read(name: str) -> t.Read:
    return t.Read(name, facts=facts(False))


def quantities(edge: int = 5, line: int = 7, table: str = "bands") -> list[CheckedQuantity]:
    grid = t.Grid("from", ((Fraction(edge), Fraction(100)),), Fraction(0))
    score = t.LookUp(grid, (t.Quotient(read("a"), read("b"), facts=facts(False)),), table, facts=facts(False))
    return [
        named("score", score, 4, line=line),
        named("pay", t.Product(read("score"), fixed(Fraction(3)), facts=facts(False)), 2),
    ]


def of(scheme: Checked) -> str:
    return fingerprint_of_meaning(scheme)


def test_places_titles_tables_names_and_order_do_not_count() -> None:
    one, two = quantities(), quantities(line=99, table="steps")
    titled = evolve(two[1], definition=evolve(two[1].definition, title="what is paid", unit="CNY"))
    assert of(checked([A, B, POST], one)) == of(checked([POST, B, A], [titled, two[0]]))


def test_what_changes_an_amount_does_count() -> None:
    base = checked([A, B, POST], quantities())
    other_rounding = [evolve(quantities()[0], decimals=3), quantities()[1]]
    others = [
        checked([A, B, POST], quantities(edge=6)),
        checked([A, B, POST], other_rounding),
        checked([A, evolve(B, facts=number(1, 10)), POST], quantities()),
        checked([A, B, POST], quantities()[:1]),
        checked([A, B, POST], quantities(), applies_to=t.IsIn(read("post"), ("expert",), facts=facts(False))),
    ]
    assert len({of(scheme) for scheme in (base, *others)}) == 6


def test_another_process_says_the_same() -> None:
    """Sets and hashes differ from process to process; the fingerprint does not."""
    code = "from tests.compiling.test_fingerprint import *;print(of(checked([A, B, POST], quantities())))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == of(checked([A, B, POST], quantities()))
