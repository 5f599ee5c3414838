"""The promises of a scheme held against it: every name exists, every promise can apply, no two of them disagree."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import combinations

from ..base.diagnostics import Other
from ..base.numbers import show_number
from ..base.places import Place
from ..base.words import both
from ..lang.keywords import BLOCKS, Vocabulary
from ..lang.keywords.words import PERIOD, SECTIONS
from ..lang.types import Kind
from ..model import promises as p
from ..model import scheme as s
from ..model.contract import is_paid_every, names_in_section
from ..model.levels import PERSON
from .names.symbols import Symbols

AN_INDICATOR = both("an indicator", "指标")
A_PAY_LINE = both("a pay line", "薪酬项")
A_FACT = both("an input of people", "人员的数据")
A_VALUE = both("a value of people", "人员的一项")
AN_EXCEPTION = both("an input, an indicator or a pool", "数据、指标或奖金池")
INDICATORS, PAY = both("indicators", "指标"), both("pay", "薪酬")
LIMITS = (p.LargestJump, p.OrderPreserving, p.PlateauAtMost, p.GainsAtMost, p.TotalAtMost)


def check_contract(symbols: Symbols) -> None:
    """Report what is wrong with each promise, and where two promises disagree."""
    if symbols.scheme.lost_names:
        return  # what was lost may be what a promise names
    for promise in symbols.scheme.promises:
        _PromiseCheck(symbols, promise).check()
    for one, other in combinations(symbols.scheme.promises, 2):
        if type(one) is type(other) and one.keyword == other.keyword:
            _check_pair(symbols, one, other)


def word_of(promise: p.Promise) -> str:
    """The keyword of a promise in both languages, for a message."""
    return both(promise.keyword, BLOCKS["promises"].by_key[promise.keyword].chinese)


class _PromiseCheck:
    """The check of one promise."""

    def __init__(self, symbols: Symbols, promise: p.Promise) -> None:
        self.symbols, self.promise, self.scheme = symbols, promise, symbols.scheme
        quantities = self.scheme.quantities
        self.indicators = [q.name for q in quantities if q.role is s.Role.SCORE]
        self.lines = [q.name for q in quantities if q.role is s.Role.PAY]
        self.paid = [*self.lines, *(q.name for q in quantities if q.role is s.Role.RESULT)]

    def report(
        self, code: str, place: Place, variant: str = "", *, name: str = "", near: str = "", sort_word: str = "",
        text: str = "", name_word: str = "",
    ) -> None:  # fmt: skip
        self.symbols.findings.report(
            code, place, variant=variant, promise_word=word_of(self.promise), name=name, near=near, sort_word=sort_word,
            text=text, name_word=name_word,
        )  # fmt: skip

    def check(self) -> None:
        """Report every name that is none, and what keeps the promise from saying anything."""
        promise = self.promise
        match promise:
            case p.NeverReads(facts=names) | p.EverythingReachable(sections=names):
                if not names:
                    self.report("promise-idle", promise.place, "empty")
            case p.BetterNeverPaysLess(indicators=named):
                self.applies(INDICATORS, self.indicators)
                self.applies(PAY, self.lines)
                self.known(named, self.indicators, AN_INDICATOR)
            case p.EveryIndicatorCounts() | p.OrderPreserving():
                self.applies(INDICATORS, self.indicators)
                self.applies(PAY, self.lines)
            case p.SameFactsSamePay():
                self.applies(PAY, self.lines)
            case p.LargestJump(line=line) | p.PlateauAtMost(line=line) | p.GainsAtMost(line=line):
                self.known(() if line is None else (line,), self.paid, A_PAY_LINE)
            case p.TotalAtMost(lines=lines):
                self.known(lines, self.lines, A_PAY_LINE)
            case p.CompareGroups():
                self.compared(promise)
            case p.GivesSections(sections=names):
                for name in names:
                    if not names_in_section(self.scheme, name.text):
                        self.broken(name, "", SECTIONS)
            case p.PaysEvery(periods=names):
                for name in names:
                    if not is_paid_every(self.scheme, name.text):
                        self.broken(name, "every", PERIOD)
        if isinstance(promise, p.EverythingReachable):
            for name in promise.sections:
                self.applies(_word(name, SECTIONS), names_in_section(self.scheme, name.text), name.place)
        if isinstance(promise, p.LargestJump | p.GainsAtMost) and promise.at_most < 0:
            self.report("promise-idle", promise.place, "negative", text=show_number(promise.at_most))
        self.exceptions()

    def applies(self, what: str, there: Collection[str], place: Place | None = None) -> None:
        if not there:
            self.report("promise-idle", place or self.promise.place, sort_word=what)

    def known(self, names: Iterable[p.PromisedName], there: Collection[str], sort: str) -> None:
        for name in names:
            if name.text not in there and not self.symbols.is_lost(name.text):
                near = "".join(self.symbols.guesses.nearest(name.text, there, 1))
                variant = "near" if near else ""
                self.report("promise-name", name.place, variant, name=name.text, near=near, sort_word=sort)

    def broken(self, name: p.PromisedName, variant: str, vocabulary: Vocabulary) -> None:
        self.report("promise-broken", name.place, variant, name_word=_word(name, vocabulary))

    def compared(self, promise: p.CompareGroups) -> None:
        people = [name for name, one in self.symbols.inputs.items() if one.level == PERSON]
        values = [*people, *(q.name for q in self.scheme.quantities if q.table is None)]
        if not promise.groups:
            self.report("promise-idle", promise.place, "empty")
        self.known([one.name for one in promise.groups], people, A_FACT)
        for group in promise.groups:
            found = self.symbols.inputs.get(group.name.text)
            if found is not None and found.level == PERSON:
                if found.facts.type.kind is Kind.NUMBER and not group.edges:
                    self.report("promise-edges", group.name.place, name=group.name.text)
                elif found.facts.type.kind is not Kind.NUMBER and group.edges:
                    self.report("promise-edges", group.name.place, "words", name=group.name.text)
        self.known([] if promise.within is None else [promise.within], people, A_FACT)
        self.known([] if promise.of is None else [promise.of], values, A_VALUE)

    def exceptions(self) -> None:
        promise = self.promise
        able = [*self.symbols.inputs, *self.indicators, *self._pools()]
        if isinstance(promise, p.EverythingReachable):
            words = [word for q in self.scheme.quantities if q.role is s.Role.GRADE for word in _words_of(q)]
            able += [q.name for q in self.scheme.quantities] + words
        spoken_of = _spoken_of(promise)
        for one in promise.exceptions:
            self.known((one.name,), able, AN_EXCEPTION)
            self.known(one.lines, self.paid, A_PAY_LINE)
            of_another = spoken_of is not None and one.name.text in able and one.name.text not in spoken_of
            is_indicator = one.name.text in self.indicators or not isinstance(promise, p.BetterNeverPaysLess)
            if of_another and is_indicator:
                self.report("promise-idle", one.name.place, "exception", name=one.name.text)

    def _pools(self) -> list[str]:
        return [q.name for q in self.scheme.quantities if isinstance(q.body, s.Pool)]


def _words_of(grade: s.Quantity) -> list[str]:
    """The words of a grade, as the rows of its table bring them."""
    body = grade.body
    rows = [result for _, result in body.rows] if isinstance(body, s.Distribution) else []
    if isinstance(body, s.TableOf):
        rows = [result for _, result in (*body.table.rows, ("", body.table.otherwise)) if isinstance(result, s.Outputs)]
    return [value.text for row in rows for _, value in row.values]


def _spoken_of(promise: p.Promise) -> set[str] | None:
    """The names that a promise is about; None where it is about everything."""
    match promise:
        case p.NeverReads(facts=names) | p.BetterNeverPaysLess(indicators=names) if names:
            return {name.text for name in names}
        case p.CompareGroups(groups=groups):
            return {one.name.text for one in groups}
        case _:
            return None


def _word(name: p.PromisedName, vocabulary: Vocabulary) -> str:
    found = vocabulary.find(name.text)
    return name.text if found is None else both(found.english, found.chinese)


# ── Two promises ─────────────────────────────────────────────────────────────────────────────


def _check_pair(symbols: Symbols, one: p.Promise, other: p.Promise) -> None:
    """Report where two promises of one sort cannot both be meant."""
    report, others = symbols.findings.report, (Other(one.place),)
    if isinstance(one, LIMITS) and isinstance(other, LIMITS):
        if _subject(one) == _subject(other) and _limit(one) != _limit(other):
            report("promise-twice", other.place, others=others, promise_word=word_of(other))
        return
    for first, second in ((one, other), (other, one)):
        for exception in first.exceptions:
            name = exception.name.text
            about = _spoken_of(second)
            free = name in {x.name.text for x in second.exceptions}
            both_speak = (about is None or name in about) and name in (_spoken_of(first) or {name})
            if both_speak and not free:
                report(
                    "promise-twice", exception.name.place, variant="exception", others=(Other(second.place),),
                    promise_word=word_of(first), name=name,
                )  # fmt: skip


def _subject(promise: p.Promise) -> tuple[object, ...]:
    """What a limit is a limit of."""
    match promise:
        case p.LargestJump(line=line, of=of):
            return (line.text, of)
        case p.PlateauAtMost(line=line):
            return (line.text,)
        case p.GainsAtMost(line=line):
            return (None if line is None else line.text,)
        case p.TotalAtMost(headcount=people, lines=lines):
            return (people, frozenset(line.text for line in lines))
        case _:
            return ()


def _limit(promise: p.Promise) -> object:
    match promise:
        case p.LargestJump(at_most=most) | p.GainsAtMost(at_most=most) | p.TotalAtMost(amount=most):
            return most
        case p.PlateauAtMost(share=most) | p.OrderPreserving(within=most):
            return most
        case _:
            return None
