"""Parameters, tables, functions, plain quantities, indicators, composites and grades."""

from __future__ import annotations

from collections.abc import Sequence

from tests.random_schemes.author import MODES, Author
from tests.random_schemes.formulas import WORDS, Formulas, Known, Names

POLICIES = ("reweigh", "zero", "refuse")
TYPES = {"number": ("number", "integer", "money"), "flag": ("boolean",), "word": ("category",), "day": ("date",)}


# ── Constants ─────────────────────────────────────────────────────────────────────────────────────


def write_constants(author: Author) -> None:
    """Parameters, some of them dated, tables, and a function."""
    for value in author.rng.sample(("3", "0.5", "12.5%", "0", "-2", "甲", "true", "2024-02-29"), 3):
        name = author.new("rate")
        kind = {"甲": "word", "true": "flag", "2024-02-29": "day"}.get(value, "number")
        value = author.tongue.flag(True) if value == "true" else value
        type_ = author.word("quantity_type", *TYPES[kind])
        said = [author.pair("parameter", "type", type_)] if kind == "day" or author.chance(0.4) else []
        if kind == "number" and author.chance(0.3):
            dated = f"{{2023-01-01: 1, 2024-02-01: {value}, 2025-02-01: 9}}"
            said += [author.pair("parameter", "dated", dated), _changes(author, "parameter")]
        elif said or author.chance(0.2):
            said.append(author.pair("parameter", "is", value))
        author.add("parameters", [f"{name}: {{{', '.join(said)}}}" if said else f"{name}: {value}"])
        author.know(name, "money" if type_ in ("money", "金额") and said else kind, "everyone")
    for _ in range(author.rng.randint(0, 2)):
        _table(author)
    if author.chance(0.5):
        name, takes = author.new("func"), [Known("x_", "number", "person"), Known("ok_", "flag", "person")]
        known = Names(author.names.owners, tables=author.names.tables)
        inner = Formulas(author.rng, author.tongue, known, "person", takes, True)
        lines = [author.pair("function", "takes", "[x_, ok_]"), author.pair("function", "is", f"'{inner.number(2)}'")]
        author.add("functions", [f"{name}:", *(f"  {line}" for line in lines)])
        author.names.functions.append((name, ("number", "flag"), "number"))


def _changes(author: Author, block: str) -> str:
    return author.pair(block, "changes_inside", author.word("changes_inside", "first_day"))


def _table(author: Author) -> None:
    name = author.new("table")
    kinds = author.pick(("number",), ("number",), ("word",), ("number", "number"), ("word", "number"), ("number", "word"),
                        ("flag", "number"), ("number", "number"))  # fmt: skip
    outputs = ("out_a", "out_b") if author.chance(0.25) else ()
    said = [author.pair("table", "keys", f"[{', '.join(f'k{i}' for i in range(len(kinds)))}]")] if len(kinds) > 1 else []
    gives = author.pick("number", "number", "number", "number", "money", "word", "flag")
    if gives == "money" or author.chance(0.3):
        type_ = {"number": author.pick("number", "integer"), "money": "money", "word": "category", "flag": "boolean"}[gives]
        said.append(author.pair("table", "type", author.word("table_type", type_)))
    if author.chance(0.2):
        old, new = (f"{{{body(author, kinds, outputs, 'table_in_place', gives)}}}" for _ in range(2))
        said += [author.pair("table", "dated", f"{{2023-01-01: {old}, 2024-03-01: {new}}}"), _changes(author, "table")]
    else:
        said.append(body(author, kinds, outputs, "table", gives))
    author.add("tables", [f"{name}: {{{', '.join(said)}}}"])
    author.names.tables.append((name, kinds, gives, outputs))


def body(
    author: Author, kinds: Sequence[str], outputs: Sequence[str] = (), block: str = "table", gives: str = "number"
) -> str:
    """The words and rows of a table body for these keys, without the braces around it."""
    kind = author.pick("points", "slices", "points", "slices", "from", "up_to", "from", "up_to", "equals")
    kind = kind if kinds[0] == "number" else "equals"
    if (outputs or gives in ("word", "flag")) and kind in ("points", "slices"):
        kind = "from"
    if kind == "equals":
        edges = {"word": WORDS, "flag": (author.tongue.flag(True), author.tongue.flag(False)),
                 "number": tuple(str(i) for i in range(author.rng.randint(2, 6)))}[kinds[0]]  # fmt: skip
    else:
        edges = tuple(map(str, sorted(author.rng.sample(range(-9, 20), author.rng.randint(2, 4)))))
    if kind == "slices" and author.chance(0.8):
        edges = ("-3000000", *edges[1:])
    lines = kind in ("points", "slices")
    rows = ", ".join(f"{edge}: {_result(author, kinds[1:], outputs, lines, gives)}" for edge in edges)
    found = author.pair(block, kind, f"{{{rows}}}")
    if not lines and author.chance(0.75):
        found += ", " + author.pair(block, "else", _result(author, (), outputs, False, gives))
    return found


def _result(author: Author, kinds: Sequence[str], outputs: Sequence[str], line: bool, gives: str) -> str:
    if kinds:
        return f"{{{body(author, kinds, outputs, 'table_in_place', gives)}}}"
    if outputs:
        return f"{{{', '.join(f'{name}: {_constant(author, False, gives)}' for name in outputs)}}}"
    return _constant(author, line, gives)


def _constant(author: Author, line: bool, gives: str) -> str:
    if not line and author.chance(0.06):
        return "缺失" if author.tongue.chinese else "missing"
    if gives == "word":
        return author.rng.choice(WORDS)
    if gives == "flag":
        return author.tongue.flag(author.chance(0.5))
    return author.pick("0", "1", "5", "10", "100", "0.5", "12.5%", "-3")


# ── Quantities ────────────────────────────────────────────────────────────────────────────────────


def quantity(author: Author, formulas: Formulas, kind: str = "number") -> str:
    """The right-hand side of a quantity."""
    text = {"number": formulas.number, "flag": formulas.loose_condition, "word": formulas.word,
            "day": lambda depth: formulas.day()}[kind](2)  # fmt: skip
    said = [author.pair("quantity", "is", f"'{text}'")]
    if kind == "number":
        said += author.rounding("quantity", ("0", "2", "4", author.word("exact", "exact")), 0.4)
        if author.chance(0.1):
            said.append(author.pair("quantity", "range", author.pick("[-9999999, 9999999]", "[0, 3]")))
    if author.chance(0.12):
        said.append(author.pair("quantity", "type", author.word("quantity_type", *TYPES[kind])))
    if author.chance(0.15):
        said.append(author.pair("quantity", "when", f"'{formulas.condition(1)}'"))
    return f"{{{', '.join(said)}}}" if len(said) > 1 or author.chance(0.3) else f"'{text}'"


def write_quantities(author: Author, count: int) -> None:
    levels = [one for one in author.names.owners if one in ("person", "everyone", *author.names.groups)]
    for _ in range(count):
        level = "person" if author.chance(0.65) else author.rng.choice(levels)
        name, kind = author.new("q"), author.pick("number", "number", "number", "number", "flag", "word", "day")
        formulas = author.at(level)
        number = formulas.of("number")
        if kind == "number" and number is not None and author.chance(0.2):
            of = author.pair("quantity", "of", number.text)
            if author.several and author.chance(0.35):
                said, beside = shares(author, "quantity")
                author.add("quantities", [f"{name}: {{{', '.join((of, *said))}}}"])
                for output in beside:
                    author.know(output, "number", level, True)
                kind = "word"
            else:
                author.add("quantities", [f"{name}: {{{of}, {body(author, ('number',), (), 'quantity')}}}"])
        else:
            author.add("quantities", [f"{name}: {quantity(author, formulas, kind)}"])
        author.know(name, kind, level, True)


def shares(author: Author, block: str) -> tuple[list[str], list[str]]:
    """Grades by rank, and the names of the numbers that stand beside the grade."""
    within = author.pick("team", author.tongue.own("everyone"))
    grades = author.pick((("A", "20%"), ("B", "50%"), ("C", "30%")), (("A", "5%"), ("B", "95%")), (("A", "0%"), ("B", "100%")))
    beside = [author.new("extra")] if author.chance(0.25) else []
    in_full = bool(beside) or author.chance(0.2)
    rows = []
    for grade, share in grades:
        limits = [author.pair("grade_share", "at_least", author.rng.randint(0, 2))] if author.chance(0.4) else []
        limits += [author.pair("grade_share", "at_most", author.rng.randint(2, 4))] if author.chance(0.3) else []
        said = [author.pair("grade_share", "share", share), *(f"{name}: {_constant(author, True, 'number')}" for name in beside), *limits]
        rows.append(f"{grade}: {{{', '.join(said)}}}" if in_full else f"{grade}: {share}")
    said = [author.pair(block, "shares", f"{{{', '.join(rows)}}}"), author.pair(block, "within", within)]
    said.append(author.pair(block, "ties", author.word("grade_ties", "all", "none", "all", "none", "refuse")))
    if block == "grades" and author.chance(0.4):
        said.append(author.pair(block, "rounding", author.word("rounding", *MODES)))
    return said, beside


# ── Indicators ────────────────────────────────────────────────────────────────────────────────────


def write_indicators(author: Author) -> None:
    """A tree of indicators with its total, and perhaps a composite."""
    if not author.chance(0.7):
        return
    names: list[str] = []
    for weight in author.pick("50% 50%", "100%", "20% 30% 50%", "0% 100%").split():
        if author.chance(0.3):
            _group(author, weight, names)
        else:
            name, lines, simpler = _indicator(author, weight)
            author.add("indicators", lines, simpler)
            names.append(name)
    for name in names:
        author.know(name, "number", "person", True)
        author.know(f"{author.tongue.own('value')}({name})", "number", "person", True)
    author.know("total", "number", "person", True)
    author.names.parts.append("total")
    author.add("total", [author.pair("total", "missing", author.word("group_missing", *POLICIES))])
    if author.chance(0.2):
        author.add("total", [author.pair("total", "at_least", 1)])
    for line in author.rounding("total", share=0.15):
        author.add("total", [line])
    if author.chance(0.5):
        author.add("total", [author.pair("total", "adjust", ""), *adjustments(author)])
    if author.chance(0.35):
        _composite(author, names)


def _indicator(author: Author, weight: str) -> tuple[str, list[str], list[str]]:
    name, formulas = author.new("ind"), author.at()
    start = [author.pair("indicator", "weight", weight), author.pair("indicator", "better", author.word("better", "none"))]
    score = f"{{{body(author, ('number',), (), 'table_in_place')}}}" if author.chance(0.6) else f"'{author.tongue.own('value')} * 2'"
    more = author.rounding("indicator", share=0.15)
    if author.chance(0.3) and "jobs" in author.names.owners:
        more.append(author.pair("indicator", "min_rows", author.rng.randint(1, 3)))
    if author.chance(0.08):
        more.append(author.pair("indicator", "range", "[-999999, 999999]"))
    value = author.pair("indicator", "value", f"'{formulas.number(2)}'")
    plain = f"{{{author.pair('table_in_place', 'points', '{-1: 0, 9: 100}')}}}"
    full = [*start, value, author.pair("indicator", "score", score), *more]
    simple = [*start, author.pair("indicator", "value", "a"), author.pair("indicator", "score", plain)]
    return name, [f"{name}: {{{', '.join(full)}}}"], [f"{name}: {{{', '.join(simple)}}}"]


def _group(author: Author, weight: str, names: list[str]) -> None:
    """A group of two indicators in the tree, its weights percentages or formulas."""
    name, relative = author.new("group"), author.chance(0.4)
    said = [author.pair("group", "weight", weight), author.pair("group", "missing", author.word("group_missing", *POLICIES))]
    said += author.rounding("group", share=0.2)
    if author.chance(0.3):
        said.append(author.pair("group", "at_least", author.pick(1, 2)))
    if relative:
        said.append(author.pair("group", "weights", author.word("weights", "relative")))
    parts, simpler = [], []
    for part in (author.pick("2", "a", "0") if relative else "60%", author.pick("1", "max(a, 0)") if relative else "40%"):
        inner, lines, plain = _indicator(author, f"'{part}'" if relative else part)
        names.append(inner)
        parts += [f"    {line}" for line in lines]
        simpler += [f"    {line}" for line in plain]
    adjust = [author.pair("group", "adjust", ""), *adjustments(author)] if author.chance(0.3) else []
    head = [f"{name}:", *(f"  {line}" for line in said)]
    head.append("  " + author.pair("group", "parts", ""))
    author.add("indicators", [*head, *parts, *(f"  {line}" for line in adjust)], [*head, *simpler])
    author.know(name, "number", "person", True)
    author.names.parts.append(name)


def adjustments(author: Author) -> list[str]:
    lines = []
    for _ in range(author.rng.randint(1, 3)):
        action = author.pick("set", "at_most", "at_least", "add", "multiply")
        said = [author.pair("adjustment", "reason", "because")]
        if author.chance(0.7):
            said.append(author.pair("adjustment", "when", f"'{author.at().condition(1)}'"))
        said.append(author.pair("adjustment", action, f"'{author.at().number(1)}'"))
        lines.append(f"  - {{{', '.join(said)}}}")
    return lines


def _composite(author: Author, names: Sequence[str]) -> None:
    name = author.new("comp")
    said = [author.pair("composite", "missing", author.word("group_missing", *POLICIES)),
            *author.rounding("composite", share=0.4)]  # fmt: skip
    if author.chance(0.6):
        weights = f"{names[0]}: '{author.at().number(1)}', a: '{author.pick('1', 'max(a, 0)', 'abs(h)')}'"
        said.append(author.pair("composite", "weights", author.word("weights", "relative")))
    else:
        weights = f"{names[-1]}: 40%, h: 60%"
    if author.chance(0.3):
        said.append(author.pair("composite", "at_least", author.pick(1, 2)))
    if author.chance(0.3):
        said.append(author.pair("composite", "better", author.word("better", "higher", "lower", "none")))
    said.append(author.pair("composite", "of", f"{{{weights}}}"))
    if author.names.families and author.chance(0.5):
        family = author.names.families[0][0]
        item = ", ".join(author.pair("composite_part", key, value) for key, value in
                         (("each", family), ("take", author.pick("made", "got")), ("weight", "1")))  # fmt: skip
        other = ", ".join(author.pair("composite_part", key, value) for key, value in (("name", "a"), ("weight", "'2'")))
        said[-1] = author.pair("composite", "of", f"[{{{item}}}, {{{other}}}]")
        said = [author.pair("composite", "weights", author.word("weights", "relative")), said[0], said[-1]]
    lines = [f"{name}:", *(f"  {line}" for line in said)]
    if author.chance(0.3):
        lines += ["  " + author.pair("composite", "adjust", ""), *(f"  {line}" for line in adjustments(author))]
    author.add("composites", lines)
    author.know(name, "number", "person", True)


def write_grades(author: Author) -> None:
    of = author.at().of("number")
    if of is None or not author.chance(0.6):
        return
    start = author.pair("grades", "of", of.text)
    if author.several and author.chance(0.4):
        by_rank, beside = shares(author, "grades")
        said = [start, *by_rank]
        for output in beside:
            author.know(output, "number", "person", True)
    else:
        kind = author.pick("from", "up_to", "equals", "points", "slices")
        rows = {"points": "{0: 0, 5: 1}", "slices": "{-3000000: 1, 5: 2}"}.get(kind, "{1: A, 2: B, 4: C}")
        said = [start, author.pair("grades", kind, rows)]
        if kind not in ("points", "slices"):
            said.append(author.pair("grades", "else", "D"))
    author.add("grades", said)
    author.know("grade", "word", "person", True)
