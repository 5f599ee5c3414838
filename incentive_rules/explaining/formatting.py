"""Formats values for people: separators in money, `31/92 (≈ 0.3370)`, dates and times, 是 and 否."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from ..base.moments import LAST_DAY, MINUTES_PER_DAY, day_text, time_text
from ..base.numbers import decimals_of, show_number
from ..base.text import escape
from ..base.words import in_language
from ..lang.functions import OPTION_WORDS
from ..lang.made_names import MadeName
from ..lang.pay import RESULTS
from ..lang.types import MOMENTS, MONEY, PLAIN, Kind, Type
from ..model.checked import Checked
from ..model.scheme import Formula, TableOf
from ..model.terms import Constant
from ..model.titles import titles_in, words_in
from .words import phrase

MOST_VALUES = 12  # of a list of values, unless everything is asked for
MOST_PLACES = 15  # a longer decimal is shown by its first digits
MOST_DENOMINATOR = 10_000_000
SHOWN_PLACES = 8


def exact_text(value: Constant, type_: Type = PLAIN) -> str | bool | None:
    """The value without any loss: `0.9`, `31/92`, a date or a time in ISO 8601, a text, a flag, None."""
    if not isinstance(value, Fraction):
        return value
    if type_.kind in MOMENTS:
        return moment_text(value, type_)
    return show_number(value) if decimals_of(value) is not None else f"{value.numerator}/{value.denominator}"


def moment_text(value: Fraction, type_: Type) -> str:
    """A date or a time as it is written in data; a number that is neither as a number."""
    if type_.kind is Kind.DATE and value.denominator == 1 and 0 < value <= LAST_DAY:
        return day_text(int(value))
    if type_.kind is Kind.TIME and value.denominator == 1 and 0 <= value < (LAST_DAY + 1) * MINUTES_PER_DAY:
        return time_text(int(value))
    return number_text(value)


class ValueFormatter:
    """Formats values by the type of their name, in one language; lists in full, or only their first values."""

    def __init__(self, checked: Checked, language: str, complete: bool = False) -> None:
        self.language, self.complete = language, complete
        self.currency_decimals = 2 if checked.currency_decimals is None else checked.currency_decimals
        self.types: dict[str, Type] = {name: facts.type for name, (_, facts) in checked.constants.items()}
        self.types |= {name: item.facts.type for name, item in checked.inputs.items()}
        self.types |= {q.name: q.facts.type for q in checked.quantities}
        scheme = checked.scheme
        self.types |= {t.name: MONEY if t.money else PLAIN for t in scheme.tables}
        # What an indicator measured has the indicator's title: `title` says the rest.
        groups = {group.name for group in scheme.groups}
        told = {name: title for name, title in titles_in(scheme, language).items() if name not in groups}
        told |= {name: phrase(name, language) for name in ("everyone", "others")}
        told |= {q.name: phrase(q.name, language) for q in scheme.quantities if q.name in RESULTS and not q.title}
        self.words = words_in(scheme, language)
        shared = Counter(told.values())
        self.titles = {name: title for name, title in told.items() if shared[title] == 1}
        for group in scheme.groups:  # a table and its key are one thing, and may have one title
            title = group.title.said(language)
            if title and not shared[title]:
                self.titles |= {group.name: title, group.key: self.titles.get(group.key, title)}
        self.locals = {  # quantity of a member → local name → full name
            q.name: {name: f"{q.member}_{name}" for name in family.locals}
            for family in scheme.families
            for q in scheme.quantities
            if q.family == family.name
        }
        self.constants = {  # quantity of a member → its constants, with their lines
            q.name: {name: literal.place.line for name, literal in family.constants.get(q.member or "", {}).items()}
            for family in scheme.families
            for q in scheme.quantities
            if q.family == family.name
        }
        self.of_period = set(checked.constants) - {p.name for p in scheme.parameters}
        self.bodies = {f.name: (f.takes, f.formula) for f in scheme.functions if isinstance(f.formula, Formula)}
        self.arguments = {q.name: q.body.argument for q in scheme.quantities if isinstance(q.body, TableOf)}

    def text(self, value: str) -> str:
        """A text of the data."""
        return escape(value)

    def option_word(self, option: str, word: str) -> str:
        """The keyword of an option in the language."""
        chinese = (w.chinese for w in OPTION_WORDS if (w.option, w.english) == (option, word))
        return in_language(self.language, word, next(chinese, word))

    def title(self, name: str) -> str:
        """The title of a name, or the name if several share the title; `value(title)` of an indicator."""
        if MadeName.VALUE.is_of(name):
            return phrase("value_of", self.language, name=self.title(MadeName.VALUE.inside(name)))
        return escape(self.titles.get(name, name))

    def value(self, value: Constant, name: str = "", *, bare: bool = False) -> str:
        """A value in the format of its name; `bare` omits separators and approximations, as inside a formula."""
        return self.typed(value, self.types.get(name, PLAIN), bare=bare)

    def typed(self, value: Constant, type_: Type, *, bare: bool = False) -> str:
        if value is None:
            return phrase("missing", self.language)
        if isinstance(value, bool):
            return phrase("true" if value else "false", self.language)
        if isinstance(value, str):
            return escape(value if type_.kind is Kind.KEY else self.words.get(value, value))
        if type_.kind in MOMENTS:
            return moment_text(value, type_)
        return self.money(value, bare=bare) if type_.is_money else number_text(value, bare=bare)

    def money(self, value: Fraction, *, bare: bool = False) -> str:
        places = decimals_of(value)
        if places is None or places > MOST_PLACES:
            return number_text(value, bare=bare) if bare else approximate_separated(number_text(value))
        text = show_number(value, max(places, self.currency_decimals))
        return text if bare else separated(text)

    def first_of(self, values: tuple[Constant, ...]) -> tuple[Constant, ...]:
        """The values to list: all of them in a complete explanation, else the first dozen."""
        return values if self.complete else values[:MOST_VALUES]

    def percent_like(self, value: Constant, pattern: str, type_: Type = PLAIN) -> str:
        """A number beside an edge written as `pattern`: in percent if the edge is."""
        if type_.kind in MOMENTS:
            return self.typed(value, type_)
        if pattern.endswith("%") and isinstance(value, Fraction):
            return percent_text(value)
        return self.value(value)


def number_text(value: Fraction, *, bare: bool = False) -> str:
    """As short as exactness allows: `0.95`, `31/92 (≈ 0.3370)`, or the first digits of a number that is too long."""
    places = decimals_of(value)
    if places is not None and places <= MOST_PLACES:
        return show_number(value)
    if places is None and value.denominator <= MOST_DENOMINATOR:
        return f"{value.numerator}/{value.denominator}" if bare else show_number(value)
    return "≈ " + show_number(value, SHOWN_PLACES)


def percent_text(value: Fraction) -> str:
    """A share in percent: `40%`, `12.5%`; a fraction if no decimal is exact."""
    return number_text(value * 100) + "%" if decimals_of(value) is not None else number_text(value, bare=True)


def separated(text: str) -> str:
    """`12345.60` as `12,345.60`."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, part = digits.partition(".")
    return f"{sign}{int(whole):,}{point}{part}"


def approximate_separated(text: str) -> str:
    """`411750/31 (≈ 13282.2581)` with separators in its decimal part."""
    head, mark, rest = text.partition("≈ ")
    digits = rest.rstrip(")")
    return f"{head}{mark}{separated(digits)}{rest[len(digits) :]}" if mark else text
