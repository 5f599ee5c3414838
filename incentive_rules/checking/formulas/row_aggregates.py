"""Aggregates over the rows of a level: the condition, the options, and what is known of the value."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from ...base.words import both
from ...lang import nodes as n
from ...lang.functions import OPTION_WORDS, option_word, option_words
from ...lang.types import ANY, BOOLEAN, ORDERED, PLAIN, WHOLE, Bounds, Facts, Kind
from ...model import terms as t
from ...model.levels import PERSON, Level, most_rows
from ..names.level_inference import over_of
from ..ranges.bounds import hull, multiply_bounds
from ..ranges.prover import Assumptions
from .aggregates import OF_NUMBERS, ZERO, Aggregates, Range
from .context import FormulaContext
from .divisors import divisor_varies
from .reader import spelled, unknown
from .type_rules import product

MOST_BEST = 1000


class RowAggregates(Aggregates):
    """Reads an aggregate whose rows and level are known."""

    def over_rows(
        self, name: str, found: Range, node: n.Call, context: FormulaContext, assumptions: Assumptions
    ) -> t.Term:
        place = context.place_of(node)
        # Rows of this very row are known by what is known of it; of other people's nothing but what holds of all.
        own = found.level == context.level and found.source != context.level
        inner = evolve(context, level=found.source, gathering=True, zero_is_missing=False)
        rows = self.premises
        outer = rows.below(assumptions, found.source) if own else rows.base(found.source)
        where, assumptions = self._where(node, inner, outer)
        value = self.row_value(name, node, inner, assumptions)
        if (value is not None and unknown(value)) or (where is not None and unknown(where)):
            return self.refused(node, context)
        if any(self._compares_itself(x, found, node, context) for x in (value, where) if x is not None):
            return self.refused(node, context)
        here = None if name in ("running", "latest") else found.level
        if value is not None and name in OF_NUMBERS and divisor_varies(value, here, self.symbols):
            argument = context.place_of(node.arguments[0])
            self.report("exact-aggregated", argument, text=argument.text)
            return self.refused(node, context)
        if name == "rank":
            return self._rank(found, value, where, node, inner, assumptions, context)
        if name == "running":
            return self._running(found, value, where, node, inner, assumptions, context)
        if "weight" in dict(node.options):
            return self._weighted_mean(found, value, where, node, inner, assumptions, context)
        order = self._order(node, inner, assumptions) if name == "latest" else ()
        fraction = self._fraction(node, context) if name == "percentile" else Fraction(0)
        method = self.word(node, context, "method", name) if name == "percentile" else ""
        most = self._most(node, context) if name == "best" else 0
        if order is None or fraction is None or method is None or most is None:
            return self.refused(node, context)
        if method == "linear" and value is not None and value.facts.type.kind is not Kind.NUMBER:
            # Between two days there is no third one, halfway or at a tenth of the way.
            self.report("number-needed", context.place_of(node.arguments[0]), kind_word=self.kind(value))
            return self.refused(node, context)
        facts = self._facts(name, value, Fraction(most or self.most_rows(found)), method)
        made = t.Aggregate(
            facts=facts, place=place, function=name, source=found.source, level=found.level, value=value, where=where,
            others=found.others, most=most, order=order, method=method, fraction=fraction,
        )  # fmt: skip
        # A branch of the formula may have narrowed the value, and the aggregate may stand in others too.
        branched = own and assumptions is not rows.base(context.level)
        if not found.others and not (branched and value is not None and not isinstance(value, t.Read)):
            self._note_parts(made, found)
        return made

    def _note_parts(self, whole: t.Aggregate, found: Range) -> None:
        """A row is one of those that its group counts and adds up: no more than the sum, or than n times the mean.

        And a sum is no less than the least value for each row that counts.
        """
        term_facts, value = self.term_facts, whole.value
        if value is None:
            self._note_members(whole, found)
            return
        bounds = term_facts.declared.get(value.name, ANY) if isinstance(value, t.Read) else value.facts.bounds
        never_negative = bounds.low is not None and bounds.low >= 0
        if whole.where is None and whole.function in ("max", "min"):
            term_facts.stand(whole, value, Fraction(1), found.source, least=whole.function == "min")
        elif whole.where is None and whole.function in ("sum", "mean") and never_negative:
            times = Fraction(1) if whole.function == "sum" else self.most_rows(found)
            term_facts.stand(whole, value, times, found.source)
        if whole.function == "sum":
            for count in counting_terms(whole, self.most_rows(found)):
                term_facts.stand_between(whole, count, bounds)
                self._note_members(count, found)

    def _note_members(self, count: t.Aggregate, found: Range) -> None:
        """A row is counted with the others of its group; a group that people alone make has one at least."""
        if count.function != "count" or count.value is not None or count.where is not None:
            return
        levels = self.symbols.levels
        below = [one for one in levels if found.level in levels[one].owners]
        made_by_people = found.source == PERSON and below == [PERSON] and not levels[found.level].table
        group = made_by_people and levels[found.level].sort == "group"
        self.term_facts.stand_at_least(count, Fraction(1), found.level if group else found.source)

    def _where(
        self, node: n.Call, inner: FormulaContext, assumptions: Assumptions
    ) -> tuple[t.Term | None, Assumptions]:
        """Which rows count: where the selection's condition and the call's own both hold."""
        conditions: list[tuple[n.Expression, FormulaContext]] = []
        over = over_of(node)
        selection = self.symbols.selections.get(over or "")
        if selection is not None and selection.where is not None and selection.where.expression is not None:
            there = FormulaContext(formula=selection.where, owner=selection.name, level=inner.level, gathering=True)
            conditions.append((selection.where.expression, there))
        own = dict(node.options).get("where")
        if own is not None:
            conditions.append((own, inner))
        found: list[t.Term] = []
        for condition, there in conditions:
            term = self.condition(condition, there, assumptions)
            if unknown(term):
                return term, assumptions
            assumptions = self.term_facts.assume(term, True, assumptions)
            found.append(term)
        if len(found) < 2:
            return (found[0] if found else None), assumptions
        return t.Every(facts=found[0].facts, place=found[0].place, operands=tuple(found)), assumptions

    def _compares_itself(self, formula: t.Term, found: Range, node: n.Call, context: FormulaContext) -> bool:
        """Report where the key of a person or a group is compared with another value of the very same row.

        Who writes `where=manager == engineer` means somebody else's manager; within an aggregate over people both
        names are those of the person who is looked at.
        """
        key = self._key_of(found.source)

        def is_key(term: t.Term) -> bool:
            while isinstance(term, t.Read) and isinstance(self.term_facts.meanings.get(term.name), t.Read):
                term = self.term_facts.meanings[term.name]
            return isinstance(term, t.Read) and term.name == key

        for part in t.walk(formula):
            if not isinstance(part, t.Compared) or part.operator not in ("==", "!="):
                continue
            sides = (part.left, part.right)
            if any(isinstance(side, t.Fixed) for side in sides):
                continue
            same = self.term_facts.key(part.left) == self.term_facts.key(part.right)
            if same or any(map(is_key, sides)):
                texts = [side.place.text if side.place else "" for side in sides]
                place = part.place or context.place_of(node)
                self.report(
                    "compares-itself", place, variant="same" if same else "", text=place.text, left=texts[0],
                    right=texts[1], key=key.removeprefix("group(").removesuffix(")"),
                    who_word=both("the person for whom this is computed", "本人"),
                )  # fmt: skip
                return True
        return False

    def _key_of(self, source: Level) -> str:
        """The name by which people, or groups, are told apart; "" of rows of details."""
        if source == PERSON:
            return next((one.name for one in self.symbols.scheme.inputs if one.type == "key"), "")
        return f"group({source[0]})" if self.symbols.levels[source].sort == "group" else ""

    # ── options ──────────────────────────────────────────────────────────────────────────────────

    def _most(self, node: n.Call, context: FormulaContext) -> int | None:
        most = dict(node.options).get("n")
        if isinstance(most, n.Number) and most.value.denominator == 1 and 1 <= most.value <= MOST_BEST:
            return int(most.value)
        self.report("best-n", context.place_of(node), name_word=spelled(node.function))
        return None

    def _fraction(self, node: n.Call, context: FormulaContext) -> Fraction | None:
        """The constant p of a percentile."""
        found = node.arguments[1]
        if isinstance(found, n.Number) and 0 <= found.value <= 1 and found.value.denominator <= 10_000:
            return found.value
        self.report("percentile-p", context.place_of(found), name_word=spelled(node.function))
        return None

    def word(
        self, node: n.Call, context: FormulaContext, option: str, function: str, default: str | None = None
    ) -> str | None:
        """The word of an option, in English; None, and reported, where it is no word that the option knows."""
        found = dict(node.options).get(option)
        if found is None and default is not None:
            return default
        known = option_word(option, found.value) if isinstance(found, n.Text) else None
        if known not in option_words(option, function):
            words = listed_option_words(option, function, self.symbols.scheme.keyword_language)
            at = context.place_of(node if found is None else found)
            self.report("option-word", at, variant="needed" if found is None else "", words=words, text=at.text,
                        name_word=spelled(node.function), option_word=spelled(option))  # fmt: skip
            return None
        return known

    def _order(self, node: n.Call, inner: FormulaContext, assumptions: Assumptions) -> tuple[t.Term, ...] | None:
        """What rows are ordered by: numbers, days or times that no row lacks."""
        items = n.listed_in(node, "order")
        if not items:
            self.report("rows-unordered", inner.place_of(node), name_word=spelled(node.function))
            return None
        found = []
        for item in items:
            term = self.read(item, inner, assumptions)
            if unknown(term):
                return None
            if term.facts.type.kind not in ORDERED or term.facts.may_miss or divisor_varies(term, None, self.symbols):
                self.report("order-by", inner.place_of(item), text=inner.place_of(item).text)
                return None
            found.append(term)
        return tuple(found)

    def _weighted_mean(
        self, found: Range, value: t.Term | None, where: t.Term | None, node: n.Call, inner: FormulaContext,
        assumptions: Assumptions, context: FormulaContext,
    ) -> t.Term:  # fmt: skip
        """The sum of the values, each times its weight, by the sum of the weights of the rows that have a value."""
        assert value is not None
        place = context.place_of(node)
        weight = self.weight(node, inner, assumptions)
        if weight is None:
            return self.refused(node, context)
        times = weighed(value, weight, node, inner)
        if divisor_varies(times, found.level, self.symbols):
            self.report("exact-aggregated", inner.place_of(dict(node.options)["weight"]), text=place.text)
            return self.refused(node, context)
        known = None
        if value.facts.may_miss:
            known = t.IsKnown(facts=Facts(BOOLEAN), place=value.place, operand=value)
        rows = tuple(one for one in (where, known) if one is not None)
        counted = t.Every(facts=Facts(BOOLEAN), place=place, operands=rows) if len(rows) > 1 else next(iter(rows), None)

        def added(one: t.Term, those: t.Term | None) -> t.Term:
            return t.Aggregate(
                facts=self._facts("sum", one, self.most_rows(found), ""), place=place, function="sum",
                source=found.source, level=found.level, value=one, where=those, others=found.others,
            )  # fmt: skip

        facts = self._facts("mean", value, self.most_rows(found), "")
        return t.Quotient(
            facts=facts, place=place, left=added(times, where), right=added(weight, counted), missing_at_zero=True
        )

    def weight(self, node: n.Call, inner: FormulaContext, assumptions: Assumptions) -> t.Term | None:
        """The weight of a mean, read where its rows or members stand; None, and reported, where it may be below 0."""
        written = dict(node.options)["weight"]
        found = self.number(written, inner, assumptions)
        if unknown(found):
            return None
        low = found.facts.bounds.low
        if low is None or low < 0:
            place = inner.place_of(written)
            self.report("weight-formula", place, variant="rows", text=place.text, span=self.span(found.facts))
            return None
        return found

    # ── of each row ──────────────────────────────────────────────────────────────────────────────

    def _rank(
        self, found: Range, value: t.Term | None, where: t.Term | None, node: n.Call, inner: FormulaContext,
        assumptions: Assumptions, context: FormulaContext,
    ) -> t.Term:  # fmt: skip
        assert value is not None
        then = [self.read(one, inner, assumptions) for one in n.listed_in(node, "then")]
        if any(map(unknown, then)):
            return self.refused(node, context)
        for one, part in zip(then, n.listed_in(node, "then"), strict=True):
            if one.facts.type.kind not in ORDERED:
                self.report("number-needed", inner.place_of(part), kind_word=self.kind(one))
                return self.refused(node, context)
        ties = self.word(node, context, "ties", "rank")
        first = self.word(node, context, "first", "rank", "high")
        if ties is None or first is None:
            return self.refused(node, context)
        rows = Fraction(most_rows(self.symbols.scheme, self.symbols.levels, found.source, found.level))
        may_miss = where is not None or any(one.facts.may_miss for one in (value, *then))
        facts = Facts(WHOLE, may_miss, Bounds(Fraction(1), rows))
        return t.Ranked(
            facts=facts, place=context.place_of(node), source=found.source, group=found.level,
            keys=tuple((one, first == "high") for one in (value, *then)), where=where, ties=ties,
        )  # fmt: skip

    def _running(
        self, found: Range, value: t.Term | None, where: t.Term | None, node: n.Call, inner: FormulaContext,
        assumptions: Assumptions, context: FormulaContext,
    ) -> t.Term:  # fmt: skip
        assert value is not None
        order = self._order(node, inner, assumptions)
        if order is None:
            return self.refused(node, context)
        rows = Bounds(Fraction(0), self.most_rows(found))
        facts = Facts(
            evolve(value.facts.type, literal=False), value.facts.may_miss or where is not None,
            multiply_bounds(hull(value.facts.bounds, ZERO), rows),
        )  # fmt: skip
        return t.Running(
            facts=facts, place=context.place_of(node), source=found.source, group=found.level, value=value, where=where,
            order=order,
        )  # fmt: skip

    # ── what is known ────────────────────────────────────────────────────────────────────────────

    def _facts(self, name: str, value: t.Term | None, rows: Fraction, method: str) -> Facts:
        if name == "count":
            return Facts(WHOLE, bounds=Bounds(Fraction(0), rows))
        if name == "share":
            return Facts(PLAIN, True, Bounds(Fraction(0), Fraction(1)))
        assert value is not None
        bounds, type_ = value.facts.bounds, value.facts.type
        if name in ("sum", "best"):
            added = multiply_bounds(hull(bounds, ZERO), Bounds(Fraction(0), rows))
            return Facts(evolve(type_, literal=False) if name == "best" else type_, name == "best", added)
        if name == "variance":
            wide = None if bounds.low is None or bounds.high is None else (bounds.high - bounds.low) ** 2 / 4
            squared = evolve(type_, money=2 * type_.money, whole=False, literal=False, unit=None)
            return Facts(squared, True, Bounds(Fraction(0), wide))
        kept = name in ("min", "max", "latest") or (name == "percentile" and method != "linear")
        return Facts(evolve(type_, whole=kept and type_.whole, literal=False), True, bounds)


def counting_terms(whole: t.Aggregate, most: Fraction) -> list[t.Aggregate]:
    """The ways in which an author may count the rows, `most` at the most, that count for an aggregate."""
    value, where = whole.value, whole.where
    assert value is not None
    facts = Facts(WHOLE, bounds=Bounds(Fraction(0), most))
    found: list[tuple[t.Term | None, t.Term | None]] = []
    if value.facts.may_miss:
        found.append((t.IsKnown(facts=Facts(BOOLEAN), place=value.place, operand=value), where))
    else:
        found.append((None, where))
        if where is not None:
            found.append((where, None))
    return [evolve(whole, function="count", value=v, where=w, facts=facts, order=(), most=0) for v, w in found]


def listed_option_words(option: str, function: str, language: str) -> str:
    """The words that an option may be, as a message lists them."""
    found = [w for w in OPTION_WORDS if w.of == function and w.option == option]
    return ", ".join(f'"{w.chinese if language == "zh" else w.english}"' for w in found)


def weighed(value: t.Term, weight: t.Term, node: n.Call, inner: FormulaContext) -> t.Term:
    """A value times its weight."""
    facts = Facts(
        product(value.facts.type, weight.facts.type), value.facts.may_miss or weight.facts.may_miss,
        multiply_bounds(value.facts.bounds, weight.facts.bounds),
    )  # fmt: skip
    return t.Product(facts=facts, place=inner.place_of(node), left=value, right=weight)
