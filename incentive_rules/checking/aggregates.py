"""Aggregates over the rows of a detail table or the members of a `repeat` family."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from ..lang import nodes as n
from ..lang.functions import EVERYONE, OVER_ROWS
from ..lang.types import PLAIN, WHOLE, Bounds, Facts, Kind
from ..model import terms as t
from .formulas import unknown
from .frames import Frame
from .operations import Operations
from .order import names_in
from .situation import Situation, add_bounds, hull, multiply_bounds
from .world import Sort

OF_CONDITION = ("count", "share")


class Aggregates(Operations):
    """Reads `f(formula, over=, where=)`; the level is inferred where `over` is left out."""

    def aggregate(self, name: str, node: n.Call, frame: Frame, situation: Situation) -> t.Term:
        entry, place = OVER_ROWS[name], frame.place_of(node)
        options = dict(node.options)
        if not entry.supported or "within" in options or self._over_everyone(options):
            chinese = self.world.scheme.keyword_language == "zh"
            within = "组内" if chinese else "within"
            what = node.function if not entry.supported else within if "within" in options else EVERYONE[chinese]
            self.report("not-yet", place, what=what, variant="aggregate")
            return self.refused(node, frame)
        strange = [key for key in options if key not in entry.options]
        wanted = 0 if not entry.needs_formula and not node.arguments else 1
        if strange or len(node.arguments) != wanted:
            self.report(
                "arguments",
                place,
                name=node.function,
                wanted="1",
                found=str(len(node.arguments)),
                example=entry.example,
            )
            return self.refused(node, frame)
        over = options.get("over")
        source = self._source(over, node, frame) if over is None or isinstance(over, n.Name) else None
        if source is None:
            return self.refused(node, frame)
        if self.world.names[source].sort is Sort.FAMILY:
            return self._fold(name, source, node, frame, situation)
        return self._over_rows(name, source, node, frame, situation)

    def _over_everyone(self, options: dict[str, n.Expression]) -> bool:
        over = options.get("over")
        return isinstance(over, n.Name) and (over.name in EVERYONE or self._later(over.name))

    def _later(self, name: str) -> bool:
        known = self.world.names.get(name)
        return known is not None and known.sort is Sort.LATER

    def _source(self, over: n.Name | None, node: n.Call, frame: Frame) -> str | None:
        """The detail table or family that an aggregate runs over, None (reported) if there is none."""
        if over is not None:
            known = self.world.names.get(over.name)
            if known is not None and known.sort in (Sort.DETAILS, Sort.FAMILY):
                self.world.used.add(over.name)
                return over.name
            sources = [x for x, k in self.world.names.items() if k.sort in (Sort.DETAILS, Sort.FAMILY)]
            close = self.world.guesses.nearest(over.name, sources)
            self.report(
                "over-unknown", frame.place_of(over), name=over.name, near=close[0] if close else "",
                sources=", ".join(sources), variant="near" if close else "" if sources else "none",
            )  # fmt: skip
            return None
        levels: list[str] = []
        for part in (*node.arguments, *(value for _, value in node.options)):
            for name in names_in(part, self.world.families, frame.family, frame.member):
                known = self.world.names.get(name)
                if known is None or known.sort is Sort.LATER:
                    self._read_later(name, known is None, part, frame)
                    return None
                if known.details is not None and known.details not in levels:
                    levels.append(known.details)
        if len(levels) == 1:
            return levels[0]
        self.report(
            "over-needed",
            frame.place_of(node),
            name=node.function,
            tables=", ".join(levels),
            variant="two" if levels else "",
        )
        return None

    def _read_later(self, name: str, absent: bool, part: n.Expression, frame: Frame) -> None:
        """A name of a part that cannot be computed yet starts no second finding; an unknown one is reported."""
        if absent:
            found = next((x for x in _walk(part) if isinstance(x, n.Name) and x.name == name), part)
            self._unknown_name(name, found, frame)

    # ── rows ─────────────────────────────────────────────────────────────────────────────────────

    def _over_rows(self, name: str, source: str, node: n.Call, frame: Frame, situation: Situation) -> t.Term:
        place = frame.place_of(node)
        if frame.details is not None or frame.function is not None:
            self.report("aggregate-inside", place, name=node.function)
            return self.refused(node, frame)
        inner = evolve(frame, details=source, zero_is_missing=False)
        value, where = self._parts(name, node, inner, situation)
        if (value is not None and unknown(value)) or (where is not None and unknown(where)):
            return self.refused(node, frame)
        if value is not None and name in ("sum", "mean") and self._varies(value):
            self.report(
                "exact-aggregated", frame.place_of(node.arguments[0]), text=frame.place_of(node.arguments[0]).text
            )
            return self.refused(node, frame)
        rows = Fraction(self.world.scheme.max_rows_per_person)
        facts = self._facts(name, value, rows)
        if frame.min_rows:
            facts = evolve(facts, may_miss=True)
        return t.Aggregate(
            facts=facts, place=place, function=name, source=(source,), level=(), value=value, where=where,
            min_rows=frame.min_rows,
        )  # fmt: skip

    def _parts(
        self, name: str, node: n.Call, frame: Frame, situation: Situation
    ) -> tuple[t.Term | None, t.Term | None]:
        """The value and the condition of an aggregate, read where its rows stand."""
        condition = dict(node.options).get("where")
        where = None
        if condition is not None:
            where = self.condition(condition, frame, situation)
            if not unknown(where):
                situation = self.knowledge.assume(where, True, situation)
        if not node.arguments:
            return None, where
        argument = node.arguments[0]
        value = self.read(argument, frame, situation)
        if unknown(value):
            return value, where
        kind = value.facts.type.kind
        if name in OF_CONDITION and kind is not Kind.BOOLEAN:
            self.report(
                "count-condition", frame.place_of(argument), name=node.function, text=frame.place_of(argument).text
            )
            return self.refused(argument, frame), where
        orders = name in ("min", "max") and kind in (Kind.NUMBER, Kind.DATE, Kind.TIME)
        if name not in OF_CONDITION and kind is not Kind.NUMBER and not orders:
            self.report("number-needed", frame.place_of(argument), kind_word=self.kind(value))
            return self.refused(argument, frame), where
        return value, where

    def _facts(self, name: str, value: t.Term | None, rows: Fraction) -> Facts:
        if name == "count":
            return Facts(WHOLE, bounds=Bounds(Fraction(0), rows))
        if name == "share":
            return Facts(PLAIN, True, Bounds(Fraction(0), Fraction(1)))
        assert value is not None
        bounds = value.facts.bounds
        if name == "sum":
            zero = hull(bounds, Bounds(Fraction(0), Fraction(0)))
            return Facts(value.facts.type, bounds=multiply_bounds(zero, Bounds(Fraction(0), rows)))
        whole = name in ("min", "max") and value.facts.type.whole
        return Facts(evolve(value.facts.type, whole=whole, literal=False), True, bounds)

    def _varies(self, term: t.Term) -> bool:
        """Whether a term is a quotient whose divisor differs from row to row."""
        pending, seen = [term], {id(term)}
        while pending:
            top = pending.pop()
            if isinstance(top, t.Quotient) and not isinstance(top.right, t.Fixed):
                return True
            parts = () if isinstance(top, t.Rounded) else t.operands(top)
            if isinstance(top, t.Read):
                quantity = self.world.quantities.get(top.name)
                parts = (quantity.term,) if quantity is not None and quantity.decimals is None else ()
            for part in parts:
                if id(part) not in seen:
                    seen.add(id(part))
                    pending.append(part)
        return False

    # ── members ──────────────────────────────────────────────────────────────────────────────────

    def _fold(self, name: str, source: str, node: n.Call, frame: Frame, situation: Situation) -> t.Term:
        family = self.world.families[source]
        most = dict(node.options).get("n")
        if name == "best" and not (
            isinstance(most, n.Number) and most.value.denominator == 1 and 1 <= most.value <= 1000
        ):
            self.report("best-n", frame.place_of(node), name=node.function)
            return self.refused(node, frame)
        if not family.members:  # they were reported as broken
            return self.refused(node, frame)
        values: list[t.Term | None] = []
        wheres: list[t.Term | None] = []
        for member in family.members:
            inner = evolve(frame, family=family, member=member)
            value, where = self._parts(name, node, inner, situation)
            if (value is not None and unknown(value)) or (where is not None and unknown(where)):
                return self.refused(node, frame)
            values.append(value)
            wheres.append(where)
        facts = self._fold_facts(
            name, values, wheres, node, frame, int(most.value) if isinstance(most, n.Number) else 0
        )
        if facts is None:
            return self.refused(node, frame)
        return t.Fold(
            facts=facts, place=frame.place_of(node), function=name, values=tuple(values), wheres=tuple(wheres),
            most=int(most.value) if isinstance(most, n.Number) else 0,
        )  # fmt: skip

    def _fold_facts(
        self, name: str, values: list[t.Term | None], wheres: list[t.Term | None], node: n.Call, frame: Frame, most: int
    ) -> Facts | None:
        terms = tuple(v for v in values if v is not None)
        if name == "count":
            return Facts(WHOLE, bounds=Bounds(Fraction(0), Fraction(len(values))))
        some_left = any(v.facts.may_miss for v in terms) or any(w is not None for w in wheres)
        all_may_go = all((v is None or v.facts.may_miss) or w is not None for v, w in zip(values, wheres, strict=True))
        if name == "share":
            return Facts(PLAIN, all_may_go, Bounds(Fraction(0), Fraction(1)))
        type_ = self.alike(terms, tuple(node.arguments) * len(terms), node, frame)
        if type_ is None:
            return None
        zero = Bounds(Fraction(0), Fraction(0))
        if name == "sum":
            total = zero
            for v in terms:
                total = add_bounds(total, hull(v.facts.bounds, zero) if some_left else v.facts.bounds)
            return Facts(type_, bounds=total)
        around = self.hull_of(terms)
        if name == "best":
            around = multiply_bounds(hull(around, zero), Bounds(Fraction(0), Fraction(most)))
        whole = type_.whole and name != "mean"
        return Facts(evolve(type_, whole=whole, literal=False), all_may_go, around)


def _walk(node: n.Expression) -> list[n.Expression]:
    found = [node]
    for child in n.children(node):
        found.extend(_walk(child))
    return found
