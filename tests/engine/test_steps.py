"""Operations on whole columns beside Python's own, at the ends of what an array holds and beyond."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from incentive_rules.engine.columns.cells import CellFacts, Columns, is_narrow
from incentive_rules.engine.columns.steps import work_of
from incentive_rules.model.levels import PERSON
from incentive_rules.model.plan import Atom, CellValue, Expr, Find, Let, Lit, Op, Pick, Ref
from tests.compiling.interpreter import OPERATORS
from tests.engine.made_columns import SIZES, Made, flags, numbers

NEW = 10**6
Maps = tuple[tuple[tuple[tuple[CellValue, CellValue], ...], CellValue], ...]


def worked_out(made: Made, expr: Expr, wanted: list[CellValue], maps: Maps = ()) -> list[object]:
    """The column of a step, whose bounds are those of the values that it should have."""
    columns: Columns = made.columns()
    kind = type(wanted[0])
    span = (min(wanted), max(wanted)) if kind is int else None  # type: ignore[type-var]
    facts = {**columns.facts, NEW: CellFacts(PERSON, kind, span)}  # type: ignore[arg-type]
    found = work_of(Let(NEW, PERSON, expr), facts, maps)(columns)
    assert found.shape == (len(wanted),)
    assert found.dtype == (bool if kind is bool else object if span and not is_narrow(*span) else np.int64)
    return [columns.texts[number] for number in found.tolist()] if kind is str else list(found.tolist())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("operator", sorted(OPERATORS))
def test_an_operation(operator: str, size: int) -> None:
    random = Random(f"{operator} {size}")
    for _ in range(30):
        count = random.randint(1, 8)
        made = Made([0] * count, 1)
        if operator in ("and", "or", "not"):
            sides: list[list[CellValue]] = [list(flags(random, count)), list(flags(random, count))]
        else:
            right = numbers(random, count, random.choice((3, size)), 1 if operator == "//" else None)
            sides = [list(numbers(random, count, size)), list(right)]
        if operator == "==" and random.random() < 0.3:
            sides = [[random.choice("ab") for _ in range(count)] for _ in "ab"]
        constant = sides[1][0]
        alone = operator in ("not", "neg", "abs")
        atoms: tuple[Atom, ...] = tuple(Ref(made.cell(side)) for side in sides[: 1 if alone else 2])
        if not alone and random.random() < 0.4:
            atoms, sides[1] = (atoms[0], Lit(constant)), [constant] * count
        rows = zip(*sides[: len(atoms)], strict=True)
        wanted: list[CellValue] = [OPERATORS[operator](*row) for row in rows]
        assert worked_out(made, Op(operator, atoms), wanted) == wanted


@pytest.mark.parametrize("size", SIZES)
def test_a_choice(size: int) -> None:
    random = Random(size)
    for _ in range(60):
        count = random.randint(1, 8)
        made, condition = Made([0] * count, 1), flags(random, count)
        then: list[CellValue] = list(numbers(random, count, size))
        other: list[CellValue] = list(numbers(random, count, 3))
        if random.random() < 0.3:
            then, other = [random.choice("ab") for _ in range(count)], [random.choice("bc") for _ in range(count)]
        wanted = [a if c else b for c, a, b in zip(condition, then, other, strict=True)]
        expr = Pick(Ref(made.cell(condition)), Ref(made.cell(then)), Ref(made.cell(other)))
        assert worked_out(made, expr, wanted) == wanted
        constant = then[0]
        wanted = [constant if c else b for c, b in zip(condition, other, strict=True)]
        assert worked_out(made, Pick(expr.condition, Lit(constant), expr.otherwise), wanted) == wanted
        wanted = [constant if c else other[0] for c in condition]
        found = worked_out(made, Pick(expr.condition, Lit(constant), Lit(other[0])), wanted)
        assert found == wanted and {*map(type, found)} == {type(value) for value in wanted}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", [int, bool, str])
def test_a_constant_map(size: int, kind: type) -> None:
    """Keys that are there and that are not, of any width; entries that no row meets."""
    random = Random(f"{size} {kind}")
    for _ in range(40):
        count = random.randint(1, 8)
        words = random.random() < 0.5
        keys: list[CellValue] = list(random.choices("abcd", k=count) if words else numbers(random, count, size))
        leaves: list[CellValue] = list(numbers(random, 9, size))
        if kind is not int:
            leaves = [True, False, *flags(random, 7)] if kind is bool else list("xyzxyzuvw")
        met = dict.fromkeys([*random.sample(keys, random.randint(0, count)), *("ez" if words else (2**80, -5))])
        entries = tuple((key, random.choice(leaves)) for key in met)
        default = leaves[0]
        made = Made([0] * count, 1)
        wanted = [dict(entries).get(key, default) for key in keys]
        assert worked_out(made, Find(0, Ref(made.cell(keys))), wanted, ((entries, default),)) == wanted


@pytest.mark.parametrize("kind, span", [(str, None), (int, (0, 9)), (int, (0, 2**70))])
def test_no_rows(kind: type[int] | type[str], span: tuple[int, int] | None) -> None:
    columns = Made([], 1).columns()
    columns.facts = {0: CellFacts(PERSON, kind, span), NEW: CellFacts(PERSON, int, (0, 9))}
    columns[0] = np.zeros(0, object if span == (0, 2**70) else np.int64)
    maps: Maps = (((("a" if kind is str else 4, 5),), 6),)
    for expr in (Find(0, Ref(0)), Lit(7), *([] if kind is str else [Op("+", (Ref(0), Lit(3)))])):
        assert len(work_of(Let(NEW, PERSON, expr), columns.facts, maps)(columns)) == 0


def test_a_text_that_only_the_scheme_knows_is_no_text_of_the_data() -> None:
    made = Made([0, 0], 1)
    texts = Ref(made.cell(["a", "b"]))
    assert worked_out(made, Op("==", (texts, Lit("c"))), [False, False]) == [False, False]
    assert worked_out(made, Find(0, texts), ["y", "x"], (((("c", "z"), ("a", "y")), "x"),)) == ["y", "x"]
