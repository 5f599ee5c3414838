"""Words each line of a trace: its working, its look-ups, its adjustments, and why it is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from attrs import evolve

from ..base.numbers import read_number
from ..lang.types import MOMENTS, PLAIN
from ..model.levels import EVERYONE
from ..model.terms import Constant
from ..model.trace import (
    Acted,
    Added,
    Applied,
    Averaged,
    Called,
    Chosen,
    Gathered,
    GivenValue,
    Graded,
    LookedUp,
    Placed,
    Pooled,
    Remembered,
    Served,
    TraceLine,
    Working,
)
from .aggregates import aside_of_aggregate, aside_of_rank, aside_of_service, why_nothing
from .explained_line import Address, Aside, ExplainedLine
from .formatting import ValueFormatter, percent_text
from .honors_and_grades import grade_in_words, honor_in_words
from .lookups import aside_of_table
from .pools import shares_in_words
from .words import phrase
from .worked_formulas import FormulaWriter, names_inside, names_of_working

WorkingInWords = tuple[list[str], list[Aside], list[str]]  # equations, asides, names read


def entry_of(line: TraceLine, formatter: ValueFormatter) -> ExplainedLine:
    """Words one line."""
    if line.kept_back:
        return _kept_back(line, formatter)
    writer = _Writer(line, formatter)
    what = ""
    if isinstance(line.source, GivenValue):
        what = phrase(line.source.what, formatter.language)
    elif isinstance(line.source, Remembered):
        what = phrase("this_period" if line.source.now else "recorded", formatter.language)
    working, asides, reads = writer.working()
    return ExplainedLine(
        line.name,
        formatter.title(line.name),
        formatter.value(line.value, line.name),
        line.place.line,
        what,
        tuple(working),
        tuple(asides),
        tuple(writer.notes()),
        tuple(dict.fromkeys(reads)),
        line.value is None,
        tuple(acted.reason or acted.action for acted in line.adjustments if acted.before != acted.after),
        line.row,
        formatter.title(EVERYONE[0]) if line.level == EVERYONE else formatter.text(line.key),
        isinstance(line.source, GivenValue),
        line.details,
        tuple(writer.own),
        tuple(writer.cells),
    )


def _kept_back(line: TraceLine, formatter: ValueFormatter) -> ExplainedLine:
    """A line of which too few others decide with the person, without what would tell of them."""
    told = phrase("decided_with_others", formatter.language)
    value = told if line.kept_back == "value" else formatter.value(line.value, line.name)
    return ExplainedLine(
        line.name, formatter.title(line.name), value, line.place.line, row=line.row, details=line.details,
        notes=() if line.kept_back == "value" else (told,), missing=line.kept_back == "how" and line.value is None,
        group=formatter.title(EVERYONE[0]) if line.level == EVERYONE else formatter.text(line.key),
    )  # fmt: skip


class _Writer:
    def __init__(self, line: TraceLine, formatter: ValueFormatter) -> None:
        self.line, self.formatter, self.language = line, formatter, formatter.language
        self.own: dict[Address, None] = {}
        self.cells: dict[str, None] = {}

    def say(self, word: str, **holes: object) -> str:
        return phrase(word, self.language, **holes)

    def show(self, value: Constant, name: str | None = None) -> str:
        return self.formatter.value(value, self.line.name if name is None else name)

    # ── How it was computed ──────────────────────────────────────────────────────────────────────

    def working(self) -> tuple[list[str], list[Aside], list[str]]:
        """Equations, each beginning with `=`; asides; names read."""
        line, source = self.line, self.line.source
        written: list[str] = []
        asides: list[Aside] = []
        reads: list[str] = []
        match source:
            case Working():
                written, asides, reads = self.of_formula(source)
            case LookedUp():
                written, reads = [], self.argument_of_table()
                title = self.formatter.title(reads[0]) if reads else ""
                types = tuple(self.formatter.types.get(name, PLAIN) for name in reads)
                looked = () if None in source.keys else (aside_of_table(source, self.formatter, title, (), types),)
                asides = [Aside(*one) for one in looked]
                if line.row is not None:
                    self.own.update(dict.fromkeys((name, line.details, line.row) for name in reads))
            case Averaged():
                written, reads = self.of_mean(source), [p.name for p in source.parts]
                weights = [p.working for p in source.parts if p.working is not None]
                for working in weights:
                    _, more, names = self.of_formula(working)
                    asides, reads = asides + more, reads + names
            case Added(lines=lines):
                written, reads = self.of_lines(source), [name for name, _, _ in lines]
            case Pooled():
                written, asides, reads = self.of_pools(source)
            case Chosen():
                asides, reads = self.beside(source.formulas)
            case Graded(argument=argument):
                reads = [argument]
            case Remembered(source=name, now=True):
                written, reads = [f"= {self.formatter.title(name)}"], [name]
        if isinstance(source, LookedUp) and asides:  # what was looked up comes before what became of it
            asides[0] = evolve(asides[0], working=(*asides[0].working, *self.after()))
        else:
            written += self.after()
        if line.condition is not None and line.condition is not source:
            _, more, names = self.of_formula(line.condition)
            asides, reads = asides + more, reads + names
        for acted in line.adjustments:
            for formula in (acted.condition, acted.working):
                if formula is not None and acted.held:
                    _, more, names = self.of_formula(formula)
                    asides, reads = asides + more, reads + names
        return written, asides, reads

    def of_formula(self, working: Working, at: tuple[str | None, int] | None = None) -> WorkingInWords:
        """Words a formula of the line; `at` is the row of a table where it is evaluated, if not the line's own."""
        if at is None and self.line.row is not None:
            at = self.line.details, self.line.row
        return self.worked(FormulaWriter(working, self.formatter, self.line.name), self.show(working.value), at)

    def worked(self, writer: FormulaWriter, result: str, at: tuple[str | None, int] | None) -> WorkingInWords:
        working = writer.working
        names, values = writer.names(), writer.values()
        written = ["= " + names] * (names not in (values, result))
        same = values in (result, result.partition(" (")[0])
        same = same or (isinstance(working.value, Fraction) and read_number(values) == working.value)
        written.append(f"= {values}" if same else f"= {values} = {result}")
        for condition, numbers, held in writer.decisions():
            verdict = self.say("holds" if held else "fails")
            shown = condition if condition == numbers else f"{condition}{self.say('colon')}{numbers}"
            written.append(f"  {self.say('branch')} {shown} {verdict}")
        reads = [r.name for r in working.readings if r.name]
        asides = list(self.constants(working))
        asides += [aside for call in working.calls for aside in self.asides(call, writer, at)]
        reads += [name for call in working.calls for name in names_inside(call)]
        if at is not None:
            self.own.update(dict.fromkeys((name, *at) for name in names_of_working(working)))
        self.cells.update(dict.fromkeys(name for call in working.calls for name in writer.names_in_argument(call)))
        return written, asides, reads

    def constants(self, working: Working) -> Iterator[Aside]:
        """The values that a formula read without a line in the trace: days of the period, constants of members."""
        lines = self.formatter.constants.get(self.line.name, {})
        for r in working.readings:
            if r.name in self.formatter.of_period:
                yield Aside(f"{r.written} = {self.show(r.value, r.name)}", None, self.say("of_period"))
            elif not r.name and r.written in lines and isinstance(r.value, Fraction):
                yield Aside(f"{r.written} = {self.formatter.value(r.value)}", lines[r.written])

    def asides(self, call: Called, writer: FormulaWriter, at: tuple[str | None, int] | None) -> Iterator[Aside]:
        match call.made:
            case LookedUp() as table:
                types = writer.argument_types(call)
                yield Aside(*aside_of_table(table, self.formatter, "", writer.arguments(call), types))
            case Gathered() as gathered:
                yield Aside(aside_of_aggregate(gathered, self.formatter, writer.gathered_type(call)))
            case Placed() as placed:
                yield Aside(
                    aside_of_rank(placed, self.formatter, writer.gathered_type(call), writer.further_types(call))
                )
            case Served() as served if served.value is not None:
                yield Aside(aside_of_service(served, self.formatter))
            case Applied(function=function, arguments=arguments, working=working):
                inside = writer.inside(call)
                given = ", ".join(
                    f"{key} = {self.formatter.typed(value, inside.types.get(key, PLAIN), bare=True)}"
                    for key, value in arguments
                )
                written, more, _ = self.worked(inside, self.result_of(inside), at)
                name = self.formatter.title(function)
                yield Aside(f"{name}({given})", working.formula.place.line, "", tuple(written))
                yield from more

    def result_of(self, inside: FormulaWriter) -> str:
        """The result of a function, formatted by its own formula, or as values of the calling line are."""
        own = self.formatter.types.get(self.line.name, PLAIN)
        moment = inside.date_or_time_type()
        plain = PLAIN if own.kind in MOMENTS else own
        return self.formatter.typed(inside.working.value, plain if moment is None else moment)

    def of_mean(self, mean: Averaged) -> list[str]:
        """`40% × quality + 60% × speed`, divided by the sum of the weights unless that is 1."""
        known = [p for p in mean.parts if p.value is not None and p.weight is not None]
        if not known or mean.value is None:
            return []
        relative = any(p.working is not None for p in mean.parts)

        def weight(value: Constant) -> str:
            assert isinstance(value, Fraction)
            return self.formatter.value(value, bare=True) if relative else percent_text(value)

        def weighed(texts: list[str]) -> str:
            terms = " + ".join(f"{weight(p.weight)} × {text}" for p, text in zip(known, texts, strict=True))
            return terms if mean.divisor == 1 else f"({terms}) ÷ {weight(mean.divisor)}"

        names = [self.formatter.title(p.name) for p in known]
        values = [self.formatter.value(p.value, p.name, bare=True) for p in known]
        values = [f"({v})" if v.startswith("-") or "/" in v else v for v in values]
        written = [f"= {weighed(names)}", f"= {weighed(values)} = {self.show(mean.value)}"]
        left_out = [self.formatter.title(p.name) for p in mean.parts if p not in known]
        if left_out:
            word = "as_zero" if mean.missing == "zero" else "left_out"
            written.append("  " + self.say(word, names=self.say("comma").join(left_out)))
        return written

    def of_lines(self, added: Added) -> list[str]:
        """The sum of the pay lines; lines that are 0 because of a condition are included."""
        if not added.lines:
            return []
        names, values = "", ""
        for i, (name, plus, value) in enumerate(added.lines):
            sign = ("" if plus else "-") if i == 0 else (" + " if plus else " - ")
            shown = self.formatter.value(value, name)
            names += sign + self.formatter.title(name)
            values += sign + (f"({shown})" if shown.startswith("-") else shown)
        result = self.show(self.line.exact)
        return [f"= {names}", f"= {values}" + (f" = {result}" if values != result else "")]

    def of_pools(self, pooled: Pooled) -> tuple[list[str], list[Aside], list[str]]:
        """The shares of a pool, each as an aside with its arithmetic, and all names that they depend on."""
        written, shares = shares_in_words(pooled, self.formatter, self.line.name)
        asides: list[Aside] = []
        reads: list[str] = []
        for share, p in zip(shares, pooled.portions, strict=True):
            asides.append(Aside(share.head, share.line, "", tuple(f"  {text}" for text in share.steps)))
            at = None if p.row is None else (pooled.to, p.row)
            more, names = self.beside((p.of_amount, p.condition, p.partakes, p.of_weight, p.of_cap), at)
            asides, reads = asides + [aside for aside in more if aside not in asides], reads + names
        return written, asides, reads

    def beside(
        self, formulas: Iterable[Working | None], at: tuple[str | None, int] | None = None
    ) -> tuple[list[Aside], list[str]]:
        """The look-ups and aggregates of several formulas, and the names that they read."""
        found = [self.of_formula(formula, at) for formula in formulas if formula is not None]
        return [aside for _, more, _ in found for aside in more], [name for _, _, names in found for name in names]

    def argument_of_table(self) -> list[str]:
        source = self.line.source
        assert isinstance(source, LookedUp)
        return [self.formatter.arguments[self.line.name]] if self.line.name in self.formatter.arguments else []

    # ── What happened to it afterwards ───────────────────────────────────────────────────────────

    def after(self) -> list[str]:
        """The adjustments in their order, then the rounding."""
        line = self.line
        found = [text for acted in line.adjustments if acted.held for text in self.of_adjustment(acted)]
        if line.exact != line.value and line.rounding is not None:
            mode = self.say("rounded", decimals=line.decimals, mode=self.say(line.rounding.value))
            found.append(f"= {self.show(line.value)}  {mode}")
        return found

    def of_adjustment(self, acted: Acted) -> Iterator[str]:
        amount = self.say(acted.action, amount=self.show(acted.amount, "" if acted.action == "multiply" else None))
        before, after = self.show(acted.before), self.show(acted.after)
        word = "changes" if acted.before != acted.after else "unchanged"
        reason = f"{acted.reason}{self.say('semicolon')}" if acted.reason else ""
        colon = self.say("colon")
        yield f"  {self.say('adjust')}{colon}{reason}{amount}{colon}{self.say(word, before=before, after=after)}"
        if acted.condition is not None:
            yield f"    {self.condition(acted.condition)}"

    def condition(self, working: Working) -> str:
        writer = FormulaWriter(working, self.formatter, self.line.name)
        verdict = self.say("holds" if working.value is True else "fails")
        names, values = writer.names(), writer.values()
        shown = names if names == values else f"{names}{self.say('colon')}{values}"
        return f"{self.say('condition')} {shown} {verdict}"

    def notes(self) -> Iterator[str]:
        """The state of a line, and why a value is missing."""
        line = self.line
        if line.condition is not None and line.condition is not line.source:
            yield self.condition(line.condition)
        if isinstance(line.source, Pooled) and not line.source.portions:
            yield self.say("pool_no_rows", to=self.formatter.title(line.source.to))
        elif isinstance(line.source, Chosen):
            if line.source.condition is not None:
                yield self.condition(line.source.condition)
            yield from honor_in_words(line.source, self.formatter, line.name)
        elif isinstance(line.source, Graded):
            yield from grade_in_words(line.source, self.formatter)
        if line.state == "not_in_scope":
            yield self.say("not_in_scope")
        elif line.state == "not_this_period":
            kind = "_no" if line.value is False else "" if line.value is None else "_0"
            yield self.say(f"not_this_period{kind}")
        elif line.state == "condition_not_met":
            yield self.say("condition_not_met_0" if line.value == 0 else "condition_not_met")
        elif line.value is None and not isinstance(line.source, Graded):
            yield from dict.fromkeys(self.reasons())

    def reasons(self) -> Iterator[str]:
        match self.line.source:
            case GivenValue(what="input" | "recorded" | "first"):
                yield self.say("why_given")
            case Remembered(source=name, now=now):
                yield self.say("why_name", name=self.formatter.title(name)) if now else self.say("why_given")
            case Working() as working:
                yield from self.reasons_of(working)
            case LookedUp(keys=keys):
                names = [self.formatter.title(name) for name in self.argument_of_table()]
                yield self.say("why_table") if None not in keys else self.say("why_name", name=(names or ["?"])[0])
            case Averaged() as mean:
                known = sum(p.value is not None and p.weight is not None for p in mean.parts)
                if mean.missing == "refuse" and known < len(mean.parts):
                    yield self.say("why_refused")
                elif known < mean.at_least:
                    yield self.say("why_parts", count=known, least=mean.at_least)
                else:
                    yield self.say("why_weights")

    def reasons_of(self, working: Working) -> Iterator[str]:
        before = False
        if working.zero_divisor:
            before = True
            yield self.say("why_zero")
        for call in working.calls:
            made = call.made
            if isinstance(made, Placed) and made.place is None:
                before = True
                yield self.say("why_no_value")
            elif isinstance(made, Gathered) and made.value is None:
                before = True
                over, count = self.formatter.title(made.over), made.counted
                few = self.say("why_few", over=over, count=count, least=made.too_few)
                yield few if made.too_few else self.say(why_nothing(made), over=over)
            elif isinstance(made, LookedUp) and made.value is None and None not in made.keys:
                before = True
                yield self.say("why_table")
            elif isinstance(made, Applied) and made.working.value is None:
                before = True
                yield from self.reasons_of(made.working)
        for reading in working.readings:
            if reading.value is None and reading.name:
                before = True
                yield self.say("why_name", name=self.formatter.title(reading.name))
        if not before:
            yield self.say("why_said")
