"""Words what was aggregated over many rows or people, and a rank among them, so that both can be checked by hand.

Of other people only their number, their sum, and the values ranked beside one's own are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from ..lang.functions import spelling
from ..lang.types import MOMENTS, PLAIN, Type
from ..model.terms import Constant
from ..model.trace import Among, Gathered, Placed, Served
from .formatting import ValueFormatter, number_text, percent_text
from .lookups import factor_text
from .words import phrase, phrase_count


def group_in_words(among: Among, formatter: ValueFormatter) -> str:
    """`department 华东`, or `everyone`."""
    if among.level == "everyone":
        return phrase("in_everyone", formatter.language)
    return f"{formatter.title(among.level)} {formatter.text(among.key)}"


def aside_of_aggregate(gathered: Gathered, formatter: ValueFormatter, type_: Type = PLAIN) -> str:
    """`mean: 2 rows of surveys → (5 + 4) ÷ 2 = 4.5`, with how many rows counted out of how many.

    `type_` is the type of the values.
    """
    language = formatter.language
    name = spelling(gathered.function, language)
    result = formatter.typed(gathered.value, type_)
    reckoned = _reckoned(gathered, formatter, type_) if gathered.value is not None and gathered.counted else ""
    equation = result if reckoned in ("", result) else f"{reckoned} = {result}"
    colon = phrase("colon", language)
    if gathered.most is not None:  # of how many values, since a formula may decide it
        equation = f"{spelling('n', language)} = {formatter.value(gathered.most)}{colon}{equation}"
    return f"{name}{colon}{_rows(gathered, formatter)} → {equation}"


def _rows(gathered: Gathered, formatter: ValueFormatter) -> str:
    """`3 of 4 rows of surveys`, `16 others of department 华东`."""
    language, among = formatter.language, gathered.among
    what = "others" if gathered.others else gathered.sort
    over = formatter.title(gathered.over)
    if gathered.sort == "people":
        over = "" if among is None else group_in_words(among, formatter)
    elif among is not None and among.level != "everyone":
        over = phrase("rows_in", language, over=over, group=group_in_words(among, formatter))
    if gathered.counted == gathered.rows:
        return phrase_count(f"all_{what}", language, gathered.rows, over=over, rows=gathered.rows)
    return phrase(f"of_{what}", language, over=over, rows=gathered.rows, count=gathered.counted)


def _reckoned(gathered: Gathered, formatter: ValueFormatter, type_: Type) -> str:
    """The arithmetic from the values, or from their sum where they are many or other people's."""
    return RECKONED[gathered.function](gathered, formatter, type_) if gathered.function in RECKONED else ""


def _listed(values: Sequence[Constant], count: int, formatter: ValueFormatter) -> tuple[list[Fraction], str]:
    """The first of the `count` values, none of other people's, and how many more there are, in words."""
    numbers = [v for v in formatter.first_of(tuple(values)) if isinstance(v, Fraction)]
    more = phrase("more_values", formatter.language, count=count - len(numbers)) if len(numbers) < count else ""
    return numbers, more


def _share(gathered: Gathered, formatter: ValueFormatter, type_: Type) -> str:
    """`3 ÷ 4`."""
    assert isinstance(gathered.total, Fraction)
    return f"{number_text(gathered.total)} ÷ {gathered.counted}"


def _extreme(gathered: Gathered, formatter: ValueFormatter, type_: Type) -> str:
    """`min(80, 70)`."""
    numbers, more = _listed(gathered.values, gathered.counted, formatter)
    if not numbers:
        return ""
    shown = ", ".join(formatter.typed(v, type_) if type_.kind in MOMENTS else factor_text(v) for v in numbers)
    return f"{gathered.function}({shown}{f', {more}' if more else ''})"


def _sum(gathered: Gathered, formatter: ValueFormatter, type_: Type) -> str:
    """`80 + 70`."""
    return _added(*_listed(gathered.values, gathered.counted, formatter))


def _best(gathered: Gathered, formatter: ValueFormatter, type_: Type) -> str:
    """`80 + 70`: those that were taken, the largest first."""
    most = int(gathered.most) if isinstance(gathered.most, Fraction) else 0
    return _added(*_listed(gathered.chosen, min(gathered.counted, most), formatter))


def _added(numbers: Sequence[Fraction], more: str) -> str:
    return " + ".join([*(factor_text(v) for v in numbers), *([more] if more else [])]) if numbers else ""


def _mean(gathered: Gathered, formatter: ValueFormatter, type_: Type) -> str:
    """`(80 + 70) ÷ 2`; of many, or of other people's rows, their sum by how many there are."""
    if gathered.weight is not None:
        return _weighted(gathered, formatter)
    if not isinstance(gathered.total, Fraction):
        return ""
    numbers, more = _listed(gathered.values, gathered.counted, formatter)
    short = _divided(number_text(gathered.total, bare=True), gathered.counted)
    if not numbers:
        return short
    return _divided(_added(numbers, more), gathered.counted) + (f" = {short}" if more else "")


def why_nothing(gathered: Gathered) -> str:
    """The phrase that says why nothing came of the rows, or of those that count."""
    if gathered.entry.of_each_row:
        return "why_own_row"
    if not gathered.counted:
        return "why_rows"
    return "why_row_weights" if gathered.weight is not None else "why_none_of_best"


def _weighted(gathered: Gathered, formatter: ValueFormatter) -> str:
    """`(90 × 2 + 80 × 1) ÷ (2 + 1)`; of many rows, or of other people's, only the two sums."""
    values, weights = formatter.first_of(gathered.values), gathered.weights
    if not values or len(values) < len(gathered.values):
        return f"{factor_text(gathered.total)} ÷ {factor_text(gathered.weight)}"
    pairs = zip(values, weights, strict=True)
    products = " + ".join(f"{factor_text(value)} × {factor_text(weight)}" for value, weight in pairs)
    return f"({products}) ÷ ({' + '.join(factor_text(weight) for weight in weights)})"


def _divided(added: str, count: int) -> str:
    return f"({added}) ÷ {count}" if " " in added or "/" in added else f"{added} ÷ {count}"


def _variance(gathered: Gathered, formatter: ValueFormatter, type_: Type) -> str:
    """The mean of the squares of what each value is away from the mean; of many values only the result is told."""
    count = gathered.counted
    numbers, more = _listed(gathered.values, count, formatter)
    if more:
        return ""
    assert isinstance(gathered.total, Fraction)
    middle = factor_text(gathered.total / count)
    squares = [f"({factor_text(v)} - {middle}) × ({factor_text(v)} - {middle})" for v in numbers]
    return f"({' + '.join(squares)}) ÷ {count}"


def _percentile(gathered: Gathered, formatter: ValueFormatter, type_: Type) -> str:
    """`75% of 8: number 6`, and between two values the way from the one to the other."""
    steps, count = gathered.steps, gathered.counted
    if steps is None:
        return ""
    fraction, position = steps.fraction, steps.position
    assert isinstance(fraction, Fraction) and isinstance(position, Fraction)
    method = formatter.option_word("method", steps.method)
    whole = int(position)
    found = phrase(
        "percentile", formatter.language, share=percent_text(fraction), count=count, place=whole, method=method
    )
    if position == whole:
        return found
    low, high = formatter.typed(steps.low, type_), formatter.typed(steps.high, type_)
    way = f"{low} + ({high} - {low}) × {factor_text(position - whole)}"
    comma, colon = phrase("comma", formatter.language), phrase("colon", formatter.language)
    return f"{found}{comma}{phrase('percentile_next', formatter.language, place=whole + 1)}{colon}{way}"


# What stands between the rows and the result, where there is more to say than the result.
RECKONED: Mapping[str, Callable[[Gathered, ValueFormatter, Type], str]] = {
    "share": _share, "sum": _sum, "mean": _mean, "min": _extreme, "max": _extreme, "best": _best,
    "percentile": _percentile, "variance": _variance, "running": _sum,
}  # fmt: skip


def aside_of_rank(placed: Placed, formatter: ValueFormatter, type_: Type = PLAIN, types: Sequence[Type] = ()) -> str:
    """`rank: number 3 of 17 in department 华东; own value 82.7, before it 85, behind it 80`."""
    language = formatter.language
    name = spelling("rank", language)
    group = group_in_words(placed.among, formatter) if placed.among.level else ""
    if placed.sort == "rows":
        table, above = formatter.title(placed.over), placed.among.level not in ("", "everyone")
        group = phrase("rows_in", language, over=table, group=group) if above else table
    if placed.place is None:
        words = phrase(f"not_ranked_{placed.sort}", language, group=group, of=placed.of)
        return f"{name}{phrase('colon', language)}{words}"
    told = [phrase(f"ranked_{placed.sort}", language, group=group, of=placed.of, place=formatter.value(placed.place))]
    told[0] += level_with(placed.level_with, language, placed.sort)
    own = "own_value" if placed.sort == "people" else f"own_value_{placed.sort}"
    beside = []
    compared = ((own, placed.value), ("value_before", placed.before), ("value_behind", placed.after))
    for (word, value), further in zip(compared, placed.then or ((),) * 3, strict=True):
        if value is not None:
            shown = (formatter.typed(one, type_) for one, type_ in zip(further, types, strict=False))
            listed = phrase("comma", language).join(shown)
            then = phrase("then_by", language, values=listed) if further else ""
            beside.append(phrase(word, language, value=formatter.typed(value, type_) + then))
    first = phrase(f"first_{placed.first}", language)
    return f"{name}{phrase('colon', language)}" + phrase("semicolon", language).join(
        [*told, phrase("comma", language).join(beside), first]
    )


def aside_of_service(served: Served, formatter: ValueFormatter) -> str:
    """`served: 76 of 91 days (calendar days) → 76 ÷ 91 = 76/91`."""
    language = formatter.language
    name = spelling("served", language)
    unit = "days" if served.method == "calendar_days" else "months"
    method = formatter.option_word("method", served.method)
    told = phrase(f"served_{unit}", language, count=served.counted, of=served.of, method=method)
    return f"{name}{phrase('colon', language)}{told} → {served.counted} ÷ {served.of} = {formatter.value(served.value)}"


def level_with(count: int, language: str, sort: str = "people") -> str:
    """`, shared by 3`, if other people, or other rows, have the same rank."""
    return phrase(f"shared_by_{sort}", language, count=count) if count > 1 else ""
