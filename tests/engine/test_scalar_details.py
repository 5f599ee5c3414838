"""Detail rows of one person: loops, what they gather, and problems with their row numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from incentive_rules.base.problems import Problem
from incentive_rules.lang.types import WHOLE, Facts
from incentive_rules.model import terms as t
from incentive_rules.model.checked import Checked
from incentive_rules.model.result import MISSING, Result
from tests.compiling import made
from tests.compiling.generated import facts, fixed
from tests.compiling.made import checked, engine_of, flag, key, named, number, premise

ID = made.given("engineer", key())
ORDER = (
    made.given("hours", number(0, 24, may_miss=True), 1, ("orders",)),
    made.given("late", flag(), 0, ("orders",)),
)


def orders_scheme() -> Checked:
    hours, late = (t.Read(one.name, facts=one.facts) for one in ORDER)
    on_time = t.IsNot(late, facts=flag())
    mean = t.Aggregate("mean", ("orders",), (), hours, on_time, 0, facts=facts(True))
    over = t.Compared(">", hours, t.Read("mean", facts=facts(False)), facts=flag())
    known = t.Every(
        (t.IsKnown(hours, facts=flag()), t.IsKnown(t.Read("mean", facts=facts(True)), facts=flag())), facts=flag()
    )
    above = t.Aggregate("count", ("orders",), (), t.Every((known, over), facts=flag()), None, 0, facts=facts(False))
    doubled = t.Product(hours, fixed(Fraction(2)), facts=facts(True))
    return checked(
        [ID, *ORDER],
        [
            named("mean", mean, 2, facts=facts(True)),
            named("above", above, 0, facts=Facts(WHOLE)),
            named("doubled", doubled, 1, level=("orders",), facts=facts(True)),
        ],
        [premise("hours <= 20", t.Some((t.IsNot(t.IsKnown(hours, facts=flag()), facts=flag()),
                 t.Compared("<=", hours, fixed(Fraction(20)), facts=flag())), facts=flag()), ("orders",))],
        details=("orders",), max_rows=5,
    )  # fmt: skip


class TestDetails:
    ENGINE = engine_of(orders_scheme())

    def score(self, *orders: object) -> Result | tuple[Problem, ...]:
        return self.ENGINE.score({"engineer": "E1"}, {"orders": list(orders)})

    def test_a_second_walk_reads_what_the_first_gathered(self) -> None:
        """How many orders took longer than the mean of those on time."""
        found = self.score({"hours": 1, "late": False}, {"hours": 2, "late": False}, {"hours": 9, "late": True},
                           {"hours": None, "late": True})  # fmt: skip
        assert isinstance(found, Result)
        assert (found["mean"], found["above"]) == (Decimal("1.50"), 2)
        assert found["doubled"] == (2, 4, 18, MISSING)

    def test_no_rows(self) -> None:
        found = self.score()
        assert isinstance(found, Result)
        assert (found["mean"], found["above"], found["doubled"]) == (MISSING, 0, ())

    def test_problems_say_the_row(self) -> None:
        found = self.score({"hours": 25, "late": False}, {"hours": 21, "late": False}, {"hour": 1, "late": "x"}, 7)
        assert isinstance(found, tuple)
        assert [(p.code, p.row, p.table, p.key) for p in found] == [
            ("data-range", 1, "orders", "E1"),
            ("data-name-unknown", 3, "orders", "E1"),
            ("data-flag", 3, "orders", "E1"),
            ("data-row", 4, "orders", "E1"),
        ]
        alone = self.score({"hours": 21, "late": False})
        assert isinstance(alone, tuple)
        assert [(p.code, p.row, p.params["text"]) for p in alone] == [("data-require", 1, "hours <= 20")]

    def test_too_many_rows_and_wrong_tables(self) -> None:
        many = self.score(*[{"hours": 1, "late": False}] * 6)
        assert isinstance(many, tuple)
        assert [(p.code, p.params["most"]) for p in many] == [("data-too-many", "5")]
        for details, code in [
            (None, "missing"),
            ({}, "missing"),
            ({"orders": [], "order": []}, ""),
            ({"orders": 5}, ""),
        ]:
            found = self.ENGINE.score({"engineer": "E1"}, details)
            assert isinstance(found, tuple)
            assert [p.variant for p in found] == [code]

    def test_any_iterable_of_rows_will_do(self) -> None:
        found = self.ENGINE.score({"engineer": "E1"}, {"orders": ({"hours": h, "late": False} for h in (1, 2))})
        assert isinstance(found, Result)
        assert found["mean"] == Decimal("1.50")
