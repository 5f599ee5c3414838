"""Python that reads one input fast: the common types in line, everything else through `read`.

Each line leaves the scaled whole number, text or flag in the input's variable. What is not plainly
right (another type, out of range, too many decimals) goes to `read`, which owns the rules and the
messages; an exception (a name that is not there, a NaN) sends the whole row there.
"""

from __future__ import annotations

from fractions import Fraction

from ...base.numbers import NUMBER
from ...base.problems import Problem
from ...base.text import echo
from ...lang.types import Kind
from ...model.plan import PlanInput
from ...model.result import Raw

SAFE_FLOAT = 10**15 - 1  # below it n / 10**d == x holds for the nearest n exactly where x was written with d places


def cell_value(one: PlanInput, value: Fraction | str | bool | int | Problem | None) -> tuple[Raw, bool]:
    """A value that was read as an engine holds it, and whether it is known; a filler for one that is not."""
    if value is None or isinstance(value, Problem):
        return one.filler, False
    if isinstance(value, Fraction):
        steps = value * 10**one.decimals
        assert steps.denominator == 1
        return steps.numerator, True
    return value, True


def missing(one: PlanInput) -> Problem:
    """The problem of an input that is not there."""
    return Problem("data-missing", {"input": echo(one.name)}, column=echo(one.checked.definition.column or one.name))


def reading_lines(one: PlanInput, number: int, where: str) -> list[str]:
    """The lines that check and scale `v`; `number` is the input's place in the plan, `where` the row's number."""
    v = f"v{one.cell}"
    fast = _fast_lines(one, v)
    slow = f"{v} = read({number}, {v}, bad, {where})"
    if one.known is None:
        return _chain(fast, slow)
    k = f"v{one.known}"
    none = [(f"{v} is None", [f"{v} = {one.filler!r}", f"{k} = False"])]
    known = [(condition, [*lines, f"{k} = True"]) for condition, lines in fast]
    known.append((f"type({v}) is str and not {v}", none[0][1]))
    return _chain(none + known, f"{v}, {k} = read_maybe({number}, {v}, bad, {where})")


ReadingCase = tuple[str, list[str]]  # a condition, and what to do where it holds


def _chain(cases: list[ReadingCase], otherwise: str) -> list[str]:
    """`if ... elif ... else`; one case without work becomes `if not`."""
    if not cases:
        return [otherwise]
    if len(cases) == 1 and not cases[0][1]:
        return [f"if not ({cases[0][0]}):", f"    {otherwise}"]
    lines = []
    for i, (condition, work) in enumerate(cases):
        lines.append(f"{'elif' if i else 'if'} {condition}:")
        lines.extend(f"    {line}" for line in work or ["pass"])
    return [*lines, "else:", f"    {otherwise}"]


def _fast_lines(one: PlanInput, v: str) -> list[ReadingCase]:
    match one.type.kind:
        case Kind.NUMBER:
            return _number_cases(one, v)
        case Kind.BOOLEAN:
            return [(f"{v} is True or {v} is False", [])]
        case Kind.DATE:
            return [(f"type({v}) is date and {one.low} <= (n := {v}.toordinal()) <= {one.high}", [f"{v} = n"])]
        case Kind.CATEGORY if one.type.values is not None:
            return [(f"type({v}) is str and {v} in words{one.cell}", [])]
        case Kind.CATEGORY | Kind.KEY:
            taken = f" and {v} not in words{one.cell}" if reserved_texts(one) else ""
            return [(f"type({v}) is str and {v}.isascii() and {v}.isalnum(){taken}", [])]
    return []


def reserved_texts(one: PlanInput) -> frozenset[str]:
    """Texts of the data that mean something else than themselves."""
    definition = one.checked.definition
    spellings = (text for _, texts in definition.texts for text in texts)
    return frozenset(t.strip() for t in (*spellings, *definition.missing_texts))


def plain_words(one: PlanInput) -> frozenset[str]:
    """The categories that stand for themselves in the data, or the reserved texts of an open one."""
    taken = reserved_texts(one)
    return taken if one.type.values is None else one.type.values - taken


def written_places(one: PlanInput) -> int:
    """The decimals of a number as the data write it: 63.5 for 0.635 under `scale: percent` has one."""
    return one.decimals - 2 if one.checked.definition.percent else one.decimals


def _number_cases(one: PlanInput, v: str) -> list[ReadingCase]:
    assert one.low is not None and one.high is not None
    places = written_places(one)
    if not takes_decimals(one):
        return []
    steps = 10**places
    low, high = -(-one.low // steps), one.high // steps
    of_int: ReadingCase = (f"type({v}) is int and {low} <= {v} <= {high}", [f"{v} *= {steps}"] if places else [])
    # `times` ends in an exception where it would lose a digit, or give what int() takes minutes for, as 1E+1000000; so
    # does `whole` where there is more than a whole number.
    exact = f"{one.low} <= (n := int(whole(times({v}, ten{places})))) <= {one.high}"
    of_decimal: ReadingCase = (f"type({v}) is Decimal and {exact}", [f"{v} = n"])
    low, high = max(one.low, -SAFE_FLOAT), min(one.high, SAFE_FLOAT)
    exact = f"(n := round({v} * {steps}.0)) / {steps}.0 == {v}" if places else f"(n := round({v})) == {v}"
    of_float: ReadingCase = (f"type({v}) is float and {exact} and {low} <= n <= {high}", [f"{v} = n"])
    cases = [of_decimal, of_int, of_float] if places else [of_int, of_decimal, of_float]
    exact = f"{one.low} <= (n := text_steps({v}, {places})) <= {one.high}"
    of_text: ReadingCase = (f"type({v}) is str and {exact}", [f"{v} = n"])
    return [*cases, of_text] if takes_texts(one) else cases


def takes_texts(one: PlanInput) -> bool:
    """Whether a plain number in a text, as csv files have it, is that number: no text of digits means anything else."""
    return written_places(one) >= 0 and not any(c.isdigit() for text in reserved_texts(one) for c in text)


def takes_decimals(one: PlanInput) -> bool:
    """Whether a number is itself: where one may mean that nothing is there each is looked at."""
    texts = one.checked.definition.missing_texts
    return written_places(one) >= 0 and not any(NUMBER.fullmatch(text.strip()) for text in texts)


NO_NUMBER = -(10**400)  # below every range


def text_steps(text: str, places: int) -> int:
    """`91.5` with two places is 9150; `NO_NUMBER` for anything that `read_cell` should look at."""
    whole, _, part = text.partition(".")
    if not (text.isascii() and whole.isdigit() and len(text) < 20) or (whole[0] == "0" and whole != "0"):
        return NO_NUMBER
    if len(whole) < len(text) and not part.isdigit():
        return NO_NUMBER
    steps: int = 10 ** (places - len(part)) if len(part) <= places else 0
    return int(whole + part) * steps if steps else NO_NUMBER
