"""The indicators on a slip: what was measured and scored, and how the parts of each group add up to its score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from ...base.numbers import decimals_of, show_number
from ...lang.made_names import MadeName
from ...model.checked import Checked
from ...model.scheme import SCORES, Role
from ...model.slip import ScoreRow
from ...model.terms import Constant
from ...model.trace import Averaged, Gathered, TraceLine, Weighed, Working
from ..formatting import ValueFormatter, number_text, percent_text
from ..words import phrase
from ..worked_formulas import FormulaWriter

USUAL_BEST = Fraction(100)  # of a score whose bound is not known
PLACES = 4  # of a measured value that no short decimal says


def score_rows(checked: Checked, lines: Mapping[str, TraceLine], formatter: ValueFormatter) -> tuple[ScoreRow, ...]:
    """The tree of indicators, each group above its parts; `lines` are those of the person by name."""
    return tuple(_Tree(checked, lines, formatter).rows())


class _Tree:
    def __init__(self, checked: Checked, lines: Mapping[str, TraceLine], formatter: ValueFormatter) -> None:
        self.lines, self.formatter = lines, formatter
        self.scores = {q.name: q for q in checked.quantities
                       if q.definition.role in SCORES and q.definition.role is not Role.COMPOSITE}  # fmt: skip

    def rows(self) -> Iterator[ScoreRow]:
        below = {part.name for name in self.scores for part in self.parts(name)}
        for name in self.scores:
            if name not in below and name in self.lines:
                first, *below_it = self.at(name, None, 0, Fraction(1))
                yield from (*below_it, first)  # what all parts make stands below them

    def parts(self, name: str) -> tuple[Weighed, ...]:
        line = self.lines.get(name)
        return line.source.parts if line is not None and isinstance(line.source, Averaged) else ()

    def at(self, name: str, part: Weighed | None, depth: int, full: Fraction) -> Iterator[ScoreRow]:
        """The row of a score, then those of its parts; `full` is what it can give of the whole."""
        line = self.lines[name]
        mean = line.source if isinstance(line.source, Averaged) else None
        value = line.value if isinstance(line.value, Fraction) else None
        weight = part.weight if part is not None else None
        product = self.exact(value * weight) if value is not None and isinstance(weight, Fraction) else ""
        of_group = self.sum_of(mean) if mean is not None else ("", "")
        yield ScoreRow(
            self.formatter.title(name), depth, mean is not None, "" if mean is not None else self.measured(name),
            self.score(line), self.weight(part), product, value is None, *of_group, tuple(self.notes(line)),
            Fraction(0) if mean is not None else full,
            full * self.part_got(name, value) if mean is None and value is not None else Fraction(0),
        )  # fmt: skip
        for one in mean.parts if mean is not None else ():
            if one.name in self.lines:
                yield from self.at(one.name, one, depth + 1, full * self.part_of(one, mean))

    def sum_of(self, mean: Averaged) -> tuple[str, str]:
        """What the products of the known parts add up to, and the weight that is known unless it is all."""
        known = [p for p in mean.parts if isinstance(p.value, Fraction) and isinstance(p.weight, Fraction)]
        if not known or mean.value is None:
            return "", ""
        total = sum((Fraction(p.value) * Fraction(p.weight) for p in known), Fraction(0))  # type: ignore[arg-type]
        divisor = "" if mean.divisor == 1 else self.share(mean.divisor, mean)
        return self.exact(total), divisor

    def part_of(self, part: Weighed, mean: Averaged | None) -> Fraction:
        """What part of its group a score can give: its weight in all that are known; of a missing one, its weight."""
        divisor = mean.divisor if mean is not None else None
        if not isinstance(part.weight, Fraction) or not isinstance(divisor, Fraction) or divisor <= 0:
            return Fraction(0)
        return part.weight / divisor if part.value is not None else part.weight

    def part_got(self, name: str, value: Fraction) -> Fraction:
        high = self.scores[name].facts.bounds.high
        best = high if high is not None and high > 0 else USUAL_BEST
        return min(max(value / best, Fraction(0)), Fraction(1))

    def exact(self, value: Fraction) -> str:
        """A product as a decimal without any rounding; a fraction where there is none."""
        return show_number(value) if decimals_of(value) is not None else number_text(value, bare=True)

    def score(self, line: TraceLine) -> str:
        if not isinstance(line.value, Fraction):
            return phrase("missing", self.formatter.language)
        return show_number(line.value, line.decimals) if line.decimals is not None else number_text(line.value)

    def weight(self, part: Weighed | None) -> str:
        if part is None or not isinstance(part.weight, Fraction):
            return ""
        return number_text(part.weight, bare=True) if part.working is not None else percent_text(part.weight)

    def share(self, value: Constant, mean: Averaged) -> str:
        assert isinstance(value, Fraction)
        relative = any(part.working is not None for part in mean.parts)
        return number_text(value, bare=True) if relative else percent_text(value)

    def notes(self, line: TraceLine) -> Iterator[str]:
        """What adjusted it, in the order of the scheme."""
        show = self.formatter.value
        for acted in line.adjustments:
            if acted.before != acted.after:
                reason = acted.reason or phrase("adjust", self.formatter.language)
                colon = phrase("colon", self.formatter.language)
                yield f"{reason}{colon}{show(acted.before, line.name)} → {show(acted.after, line.name)}"

    def measured(self, name: str) -> str:
        """`19 ÷ 21 ≈ 0.9048`: what was measured, with the division that it came from."""
        line = self.lines.get(MadeName.VALUE.of(name))
        if line is None:
            return ""
        if line.kept_back == "value":
            return phrase("decided_with_others", self.formatter.language)
        shown = self.formatter.value(line.value, line.name)
        if not isinstance(line.value, Fraction):
            return shown
        division = self.division(line) if not line.kept_back and line.exact == line.value else ""
        places = decimals_of(line.value)
        near = places is None or places > PLACES
        text = show_number(line.value, PLACES) if near else show_number(line.value)
        if not division:
            return f"≈ {text}" if near else shown
        return f"{division} {'≈' if near else '='} {text}"

    def division(self, line: TraceLine) -> str:
        """The division that made it, if it is one of two numbers."""
        if not isinstance(line.source, Working):
            return ""
        calls = line.source.calls
        made = calls[0].made if len(calls) == 1 else None
        if isinstance(made, Gathered) and made.value == line.value and made.function in ("mean", "share"):
            if made.weight is None and isinstance(made.total, Fraction) and made.counted:
                return f"{number_text(made.total, bare=True)} ÷ {made.counted}"
            return ""
        text = FormulaWriter(line.source, self.formatter, line.name).values()
        return text if text.count(" ÷ ") == 1 and text.count(" ") == 2 and "(" not in text else ""
