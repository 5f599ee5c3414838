"""Words a share of a pool with its arithmetic: the amount, the weights, the cap, the last cents."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from ..model.terms import Constant
from ..model.trace import Pooled, Portion, Working
from .aggregates import group_in_words
from .formatting import ValueFormatter
from .lookups import factor_text
from .words import phrase, phrase_count
from .worked_formulas import FormulaWriter


@frozen
class ShareInWords:
    """One share: the group whose pool it is, and the steps to the amount."""

    head: str
    line: int | None
    steps: tuple[str, ...]


def shares_in_words(pooled: Pooled, formatter: ValueFormatter, owner: str) -> tuple[list[str], list[ShareInWords]]:
    """The sum of several shares, and each of them."""
    writer = _Writer(pooled, formatter, owner)
    added = []
    if len(pooled.portions) > 1:
        amounts = [formatter.value(p.share, owner) for p in pooled.portions]
        total = sum((p.share for p in pooled.portions if isinstance(p.share, Fraction)), Fraction(0))
        added = [f"= {' + '.join(amounts)} = {formatter.value(total, owner)}"]
    return added, [writer.share(portion) for portion in pooled.portions]


def amount_in_words(portion: Portion, formatter: ValueFormatter, owner: str) -> Iterator[str]:
    """The amount of the pool with its formula, and its condition."""
    writer = _Writer(Pooled(owner, "people", (portion,)), formatter, owner)
    told = [*writer.said("pool_amount", portion.of_amount, portion.amount)]
    yield from told or [f"{phrase('pool_amount', formatter.language)} = {writer.money(portion.amount)}"]
    yield from writer.said("pool_condition", portion.condition)
    if portion.state == "condition_not_met":
        yield phrase("pool_not_met", formatter.language)


class _Writer:
    def __init__(self, pooled: Pooled, formatter: ValueFormatter, owner: str) -> None:
        self.pooled, self.formatter, self.owner, self.language = pooled, formatter, owner, formatter.language

    def say(self, word: str, **holes: object) -> str:
        return phrase(word, self.language, **holes)

    def money(self, value: Constant) -> str:
        return self.formatter.value(value, self.owner)

    def share(self, portion: Portion) -> ShareInWords:
        row = (
            ""
            if portion.row is None
            else f"{self.formatter.title(self.pooled.to)} [{self.say('row', row=portion.row)}]"
        )
        what = "people" if self.pooled.to == "people" else "rows" if portion.row is not None else "groups"
        head = phrase_count(
            f"pool_of_{what}", self.language, portion.among.members,
            group=group_in_words(portion.among, self.formatter), amount=self.money(portion.amount),
            members=portion.among.members, to=self.formatter.title(self.pooled.to),
        )  # fmt: skip
        line = None if portion.of_amount is None else portion.of_amount.formula.place.line
        comma = self.say("comma") if row else ""
        return ShareInWords(f"{row}{comma}{head}", line, tuple(self.steps(portion)))

    def steps(self, portion: Portion) -> Iterator[str]:
        yield from self.said("pool_amount", portion.of_amount, portion.amount)
        yield from self.said("pool_condition", portion.condition)
        if portion.state == "condition_not_met":
            yield self.say("pool_not_met")
            return
        yield from self.said("pool_partakes", portion.partakes)
        if portion.state in ("left_out", "nobody", "no_weight"):
            yield from self.said("pool_weight", portion.of_weight)
            yield self.say(f"pool_{portion.state}")
        else:
            yield from self.shared(portion)
        if portion.remainder:
            yield self.say("pool_remainder", amount=self.money(portion.remainder))

    def shared(self, portion: Portion) -> Iterator[str]:
        """The weight, the cap, the exact share, and the share in whole units."""
        value, apart = self.formatter.value, portion.part is not None
        weights = self.say("pool_weights", weights=value(portion.weights))
        weights += self.say("pool_taking", weights=value(portion.taking)) if apart else ""
        yield from (f"{text}{weights}" for text in self.said("pool_weight", portion.of_weight))
        if apart:
            yield from self.part(portion)
        yield from self.said("pool_cap", portion.of_cap, portion.cap)
        if portion.capped:
            yield f"= {self.money(portion.share)}  {self.say('pool_capped')}"
            return
        shared = (portion.part, portion.taking) if apart else (portion.amount, portion.weights)
        if (portion.left, portion.open) != shared:
            yield self.say("pool_left", left=self.money(portion.left), open=value(portion.open))
        exact = self.money(portion.exact)
        yield f"= {self.money(portion.left)} × {factor_text(portion.weight)} ÷ {factor_text(portion.open)} = {exact}"
        if portion.share != portion.exact:
            yield f"= {self.money(portion.share)}  {self.say(portion.method)}"

    def part(self, portion: Portion) -> Iterator[str]:
        """The part of those who take part, if the part of the others stays in the pool."""
        sums = f"{self.money(portion.amount)} × {factor_text(portion.taking)} ÷ {factor_text(portion.weights)}"
        yield f"{self.say('pool_part')}{self.say('colon')}{sums} = {self.money(portion.exact_part)}"
        if portion.part != portion.exact_part:
            yield f"= {self.money(portion.part)}  {self.say('half_up')}"

    def said(self, word: str, working: Working | None, value: Constant = None) -> Iterator[str]:
        """`weight: score × days = 90 × 2 = 180`; for a condition, whether it holds."""
        if working is None:
            return
        writer = FormulaWriter(working, self.formatter, self.owner)
        found = [writer.names(), writer.values()]
        if isinstance(working.value, bool):
            verdict = self.say("holds" if working.value else "fails")
            yield f"{self.say(word)} {self.say('colon').join(dict.fromkeys(found))} {verdict}"
            return
        amounts = [self.money(working.value), self.money(value)] if value is not None else [
            self.formatter.value(working.value)]  # fmt: skip
        if len(set(found[:1])) and amounts[-1:] == found[1:] and found[0] == found[1]:
            return
        yield f"{self.say(word)} = {' = '.join(dict.fromkeys([*found, *amounts]))}"
