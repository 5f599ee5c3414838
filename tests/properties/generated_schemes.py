"""Random schemes as YAML text, and random rows that meet their ranges.

A scheme is written by construction as the checker wants it: divisors guarded, missing values handled,
one kind of value per place. What it still refuses (a width, a bound) is rare and is left out by the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attrs import field, frozen, mutable
from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[object]], object]
MODES = ("half_up", "half_even", "down", "up", "floor", "ceiling")
LITERALS = ("0", "1", "2", "3", "7", "10", "100", "0.5", "2.25", "0.05", "5%", "12.5%")
WORDS = ("甲", "乙", "丙")


@frozen
class Piece:
    """A formula and whether it may be missing."""

    text: str
    loose: bool = False


@frozen
class Generated:
    """A document in sections of lines, so that entries can be shuffled, and its inputs with their ranges."""

    sections: dict[str, tuple[str, ...]]
    inputs: dict[str, tuple[str, int, int, int, bool]]  # name → kind, low, high (scaled), decimals, may be missing
    rows: dict[str, tuple[str, int, int, int, bool]]

    def text(self, order: Callable[[tuple[str, ...]], tuple[str, ...]] = lambda lines: lines) -> str:
        """The document, with the entries of each section in `order`."""
        out = [HEAD]
        for name, lines in self.sections.items():
            out.append(f"{name}:\n" + "".join(order(lines)))
        return "".join(out)


HEAD = """\
format: 1
scheme: generated
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
limits: {max_rows_per_person: 50}
"""


@mutable
class Names:
    """What formulas may read so far."""

    numbers: list[Piece] = field(factory=list)
    flags: list[Piece] = field(factory=list)
    words: list[Piece] = field(factory=list)
    tables: list[str] = field(factory=list)
    functions: list[str] = field(factory=list)


class Writer:
    """Writes formulas by drawing; `depth` bounds them."""

    def __init__(self, draw: Draw, names: Names) -> None:
        self.draw = draw
        self.names = names

    def pick(self, *options: object) -> object:
        return self.draw(st.sampled_from(options))

    def number(self, depth: int = 3) -> Piece:
        """A number, perhaps missing."""
        leaf = depth <= 0 or self.draw(st.integers(0, 9)) < 3
        if leaf:
            if self.names.numbers and self.draw(st.integers(0, 3)):
                found = self.draw(st.sampled_from(self.names.numbers))
                assert isinstance(found, Piece)
                return found
            return Piece(str(self.pick(*LITERALS)))
        shape = str(
            self.pick(
                "sum",
                "sum",
                "times",
                "over",
                "ratio",
                "guard",
                "call",
                "clamp",
                "round",
                "if",
                "table",
                "power",
                "function",
            )
        )
        a = self.number(depth - 1)
        if shape == "sum":
            b = self.number(depth - 1)
            return Piece(f"({a.text} {self.pick('+', '-')} {b.text})", a.loose or b.loose)
        if shape == "times":
            b = self.number(depth - 2)
            return Piece(f"{a.text} * {b.text}", a.loose or b.loose)
        if shape == "over":
            return Piece(f"({a.text}) / {self.pick('3', '7', '100', '2.5')}", a.loose)
        if shape == "ratio":
            return Piece(f"ratio({a.text}, {self.number(depth - 2).text})", True)
        if shape == "guard":
            b = self.sure(depth - 2)
            return Piece(f"(({a.text}) / ({b}) if ({b}) {self.pick('>', '<', '!=')} 0 else {a.text})", a.loose)
        if shape == "call":
            b = self.number(depth - 1)
            return Piece(f"{self.pick('min', 'max')}({a.text}, {b.text})", a.loose or b.loose)
        if shape == "clamp":
            return Piece(f"clamp({a.text}, 0, {self.pick('1.5', '100')})", a.loose)
        if shape == "round":
            return Piece(
                str(
                    self.pick(
                        f"round({a.text}, 2)", f"floor({a.text})", f"ceil({a.text})", f"abs({a.text})", f"-({a.text})"
                    )
                ),
                a.loose,
            )
        if shape == "if":
            b = self.number(depth - 1)
            return Piece(f"({a.text} if {self.condition(depth - 1)} else {b.text})", a.loose or b.loose)
        if shape == "table" and self.names.tables:
            return Piece(f"{self.pick(*self.names.tables)}({a.text})", a.loose)
        if shape == "function" and self.names.functions:
            b = self.number(depth - 2)
            return Piece(f"{self.pick(*self.names.functions)}({a.text}, {b.text})", a.loose or b.loose)
        if shape == "power":
            return Piece(f"({a.text}) ** {self.pick('2', '3')}", a.loose)
        return Piece(f"coalesce({a.text}, {self.pick('0', '1')})")

    def sure(self, depth: int = 2) -> str:
        """A number that is never missing."""
        found = self.number(depth)
        return f"coalesce({found.text}, {self.pick('0', '2')})" if found.loose else found.text

    def condition(self, depth: int = 2) -> str:
        """A condition, never missing."""
        shape = self.pick("compare", "compare", "chain", "flag", "word", "in", "known", "and", "not")
        if shape == "flag" and self.names.flags:
            flag = self.draw(st.sampled_from(self.names.flags))
            assert isinstance(flag, Piece)
            return f"(known({flag.text}) and {flag.text})" if flag.loose else flag.text
        if shape in ("word", "in") and self.names.words:
            word = self.draw(st.sampled_from(self.names.words))
            assert isinstance(word, Piece)
            test = (
                f'{word.text} {self.pick("==", "!=")} "甲"'
                if shape == "word"
                else f'{word.text} {self.pick("in", "not in")} ["乙", "丙"]'
            )
            return f"(known({word.text}) and {test})" if word.loose else f"({test})"
        if shape == "known" and self.names.numbers:
            name = self.draw(st.sampled_from(self.names.numbers))
            assert isinstance(name, Piece)
            return f"(known({name.text}) and {name.text} >= {self.pick(*LITERALS)})"
        if shape == "and" and depth > 0:
            return f"({self.condition(depth - 1)} {self.pick('and', 'or')} {self.condition(depth - 1)})"
        if shape == "not" and depth > 0:
            return f"(not {self.condition(depth - 1)})"
        if shape == "chain":
            return f"({self.pick(*LITERALS)} <= {self.sure(depth - 1)} < {self.pick('50', '1000')})"
        return f"({self.sure(depth - 1)} {self.pick('<', '<=', '>', '>=', '==', '!=')} {self.sure(depth - 1)})"


def quoted(formula: str) -> str:
    return "'" + formula.replace("'", "''") + "'"


@st.composite
def schemes(draw: Draw) -> Generated:
    """A whole scheme of one person, with tickets."""
    names = Names()
    writer = Writer(draw, names)
    inputs: dict[str, tuple[str, int, int, int, bool]] = {"key": ("key", 0, 0, 0, False)}
    for i in range(int(str(draw(st.integers(2, 4))))):
        inputs[f"i{i}"] = (
            "integer",
            int(str(draw(st.integers(-3, 1)))),
            int(str(draw(st.integers(2, 40)))),
            0,
            bool(draw(st.booleans())),
        )
    inputs["n0"] = ("number", -250, 10000, 2, bool(draw(st.booleans())))
    inputs["f0"] = ("boolean", 0, 1, 0, bool(draw(st.booleans())))
    inputs["w0"] = ("category", 0, 2, 0, bool(draw(st.booleans())))
    inputs["wage"] = ("money", 0, 900000, 2, False)
    rows = {
        "r0": ("integer", 0, 9, 0, bool(draw(st.booleans()))),
        "r1": ("number", -50, 50, 1, False),
        "rf": ("boolean", 0, 1, 0, bool(draw(st.booleans()))),
    }
    for name, (kind, _, _, _, loose) in inputs.items():
        {"integer": names.numbers, "number": names.numbers, "boolean": names.flags, "category": names.words}.get(
            kind, []
        ).append(Piece(name, loose))
    sections: dict[str, tuple[str, ...]] = {
        "inputs": tuple(f"  {name}: {_input(spec)}\n" for name, spec in inputs.items())
    }
    sections["parameters"] = ("  p0: 7\n", "  p1: 12.5%\n", "  p2: {dated: {2026-01-01: 3, 2026-05-01: -2.5}}\n")
    names.numbers += [Piece("p0"), Piece("p1"), Piece("p2")]
    sections["tables"] = tuple(f"  t{i}: {_table(writer)}\n" for i in range(3))
    names.tables += ["t0", "t1", "t2"]
    sections["functions"] = (
        "  g0: {takes: [x, y], is: 'max(x, y) - x * 2'}\n",
        "  g1: {takes: [x, y], is: '(x / y if y > 0 else y) if known(x) and known(y) else missing'}\n",
    )
    names.functions += ["g0"]
    sections["details"] = (_details(writer, rows),)
    aggregates = (
        "sum(r1)",
        "count(r1 > 0)",
        "count(over=rows)",
        "sum(rq)",
        "sum(r1, where=known(r0) and r0 > 2)",
        "max(r1) + min(r1)",
        "mean(r1)",
        "share(rf)",
        "mean(r0)",
        "mean(rq, where=r1 >= 0)",
    )
    quantities = []
    for i, text in enumerate(draw(st.lists(st.sampled_from(aggregates), min_size=1, max_size=3, unique=True))):  # type: ignore[arg-type,var-annotated]
        quantities.append(f"  a{i}: {{is: {quoted(text)}{_rounding(writer)}}}\n")
        names.numbers.append(Piece(f"a{i}", "mean" in text or "share" in text or "max" in text))
    for i in range(int(str(draw(st.integers(1, 4))))):
        piece = writer.number(3)
        quantities.append(f"  q{i}: {{is: {quoted(piece.text)}{_rounding(writer)}}}\n")
        names.numbers.append(Piece(f"q{i}", piece.loose))
    quantities.append(f"  b0: {quoted(writer.condition(2))}\n")
    names.flags.append(Piece("b0"))
    quantities += _family(sections, writer, inputs)
    sections["quantities"] = tuple(quantities)
    _indicators(sections, writer)
    return Generated(sections, inputs, rows)


def _input(spec: tuple[str, int, int, int, bool]) -> str:
    kind, low, high, decimals, loose = spec
    missing = ", can_be_missing: true" if loose else ""
    if kind in ("key", "boolean"):
        return f"{{type: {kind}{missing}}}"
    if kind == "category":
        return f"{{type: category, one_of: [{', '.join(WORDS)}]{missing}}}"
    scale = 10**decimals
    places = f", decimals: {decimals}" if kind == "number" else ""
    return f"{{type: {kind}, range: [{_decimal(Fraction(low, scale))}, {_decimal(Fraction(high, scale))}]{places}{missing}}}"


def _decimal(value: Fraction) -> str:
    text = f"{value.numerator * 100 // value.denominator:+04d}"
    return f"{text[0].replace('+', '')}{text[1:-2]}.{text[-2:]}"


def _rounding(writer: Writer) -> str:
    decimals = writer.pick("", "", "0", "2", "4")
    return (
        f", decimals: {decimals}, rounding: {writer.pick(*MODES)}"
        if decimals
        else ", decimals: 3"
        if writer.pick(True, False)
        else ""
    )


def _table(writer: Writer) -> str:
    edges = sorted({int(str(writer.draw(st.integers(-20, 60)))) for _ in range(4)} | {-7, 30})
    cells = [str(writer.pick("0", "1.5", "60", "100", "-2", "12.5%")) for _ in edges]
    kind = writer.pick("from", "up_to", "points")
    body = ", ".join(f"{edge}: {cell}" for edge, cell in zip(edges, cells, strict=True))
    return f"{{{kind}: {{{body}}}{'' if kind == 'points' else ', else: ' + str(writer.pick('0', '3.75'))}}}"


def _details(writer: Writer, rows: dict[str, tuple[str, int, int, int, bool]]) -> str:
    inner = Writer(
        writer.draw, Names(numbers=[Piece("r0", rows["r0"][4]), Piece("r1")], flags=[Piece("rf", rows["rf"][4])])
    )
    piece = inner.number(2)
    lines = "".join(f"      {name}: {_input(spec)}\n" for name, spec in rows.items())
    return f"  rows:\n    belongs_to: key\n    inputs:\n{lines}    quantities:\n      rq: {{is: {quoted(piece.text)}, decimals: {writer.pick('0', '2')}, rounding: {writer.pick(*MODES)}}}\n"


def _family(
    sections: dict[str, tuple[str, ...]], writer: Writer, inputs: dict[str, tuple[str, int, int, int, bool]]
) -> list[str]:
    sections["repeat"] = (
        "  fam:\n    members:\n      m1: {goal: 10, up: true}\n      m2: {goal: 4, up: false}\n      m3: {goal: 2.5, up: true}\n"
        "    inputs:\n      x: {type: integer, range: [0, 20], can_be_missing: true}\n"
        f"    quantities:\n      y: {{is: 'x / goal - (1 if up else 0)', decimals: {writer.pick('1', '3')}, rounding: {writer.pick(*MODES)}}}\n",
    )
    for member in ("m1", "m2", "m3"):
        inputs[f"{member}_x"] = ("integer", 0, 20, 0, True)
    folds = (
        "sum(y, over=fam)",
        "count(over=fam, where=known(y) and y > 1)",
        "mean(y, over=fam, where=up)",
        "min(y, over=fam)",
        "best(y, over=fam, n=2)",
        "share(goal > 3, over=fam)",
    )
    text = str(writer.pick(*folds))
    return [f"  fold: {quoted(text)}\n"]


def _indicators(sections: dict[str, tuple[str, ...]], writer: Writer) -> None:
    lines = []
    for group, weight in (("ga", "60%"), ("gb", "40%")):
        extra = "".join(
            (
                f"    missing: {writer.pick('reweigh', 'zero', 'refuse')}\n" if writer.pick(True, False) else "",
                f"    at_least: {writer.pick('1', '2')}\n" if writer.pick(True, False, False) else "",
                f"    rounding: {writer.pick(*MODES)}\n    decimals: {writer.pick('1', '4')}\n"
                if writer.pick(True, False)
                else "",
            )
        )
        parts = ""
        for leaf, share in (("x", "30%"), ("y", "70%")):
            value = writer.pick("i0 / i1", writer.number(2).text)
            score = writer.pick(
                "{points: {0: 0, 5: 60, 20: 100}}",
                "{from: {10: 100, 3: 50}, else: 0}",
                "{up_to: {0: 100, 8: 40}, else: 0}",
                "'clamp(value, 0, 100)'",
            )
            better = "lower" if "up_to" in str(score) else "higher"
            parts += f"      {group}{leaf}:\n        weight: {share}\n        better: {better}\n        value: {quoted(str(value))}\n        score: {score}\n"
        lines.append(f"  {group}:\n    weight: {weight}\n{extra}    parts:\n{parts}")
    sections["indicators"] = tuple(lines)
    adjust = ""
    for action in ("at_most", "set", "add", "multiply", "at_least"):
        if writer.pick(True, False, False):
            amount = writer.pick("70", "0", "1.5", "20", "-4")
            adjust += f"    - {{reason: r, when: {quoted(writer.condition(1))}, {action}: {quoted(str(amount))}}}\n"
    sections["total"] = (
        f"  missing: {writer.pick('reweigh', 'zero', 'refuse')}\n" + (f"  adjust:\n{adjust}" if adjust else ""),
    )
    sections["grades"] = (
        "  of: total\n  from: {90: {grade: A, coefficient: 1.5}, 60: {grade: B, coefficient: 0.85}}\n  else: {grade: C, coefficient: 0}\n",
    )
    pay = [
        "  bonus:\n    amount: '3000 * coalesce(total, 0) / 100'\n",
        f"  extra:\n    when: {quoted(writer.condition(1))}\n    amount: 'wage * coalesce(coefficient, 0.5) * {writer.pick('1', '0.333', '12.5%')}'\n    rounding: {writer.pick(*MODES)}\n",
        f"  fee:\n    kind: deduction\n    amount: 'wage * 8%'\n    at_most: {writer.pick('500', '100.05')}\n",
    ]
    sections["pay"] = tuple(pay)


@st.composite
def rows_for(draw: Draw, scheme: Generated) -> tuple[dict[str, object], dict[str, list[dict[str, object]]]]:
    """A person and their rows: values inside the ranges, the ends drawn often, missing where allowed."""
    person = {name: draw(_values(spec)) for name, spec in scheme.inputs.items()}
    count = int(str(draw(st.integers(0, 4))))
    details = [{name: draw(_values(spec)) for name, spec in scheme.rows.items()} for _ in range(count)]
    return person, {"rows": details}


def _values(spec: tuple[str, int, int, int, bool]) -> st.SearchStrategy[object]:
    kind, low, high, decimals, loose = spec
    if kind == "key":
        return st.just("G1")
    if kind == "boolean":
        found: st.SearchStrategy[object] = st.booleans()
    elif kind == "category":
        found = st.sampled_from(WORDS)
    else:
        units = st.one_of(st.integers(low, high), st.sampled_from((low, high, max(low, 0))))
        found = units.map(lambda n: n if decimals == 0 else Fraction(n, 10**decimals)).map(_as_python)
    return st.one_of(found, st.none()) if loose else found


def _as_python(value: object) -> object:
    from decimal import Decimal

    return Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else value
