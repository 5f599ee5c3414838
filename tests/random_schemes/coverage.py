"""Which corners of the language the accepted random schemes have met, and which corners there are.

A cell is a tuple of words. Those of the document (keywords, functions and their options, tables and where they
stand) are counted when a scheme is accepted; those of the data (nothing there, nothing known, an operand missing)
when the referee works a value out.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from datetime import date

import yaml

from incentive_rules.base.periods import read_period
from incentive_rules.judging import evaluator as referee
from incentive_rules.judging.aggregate_calls import AggregateCall, RowSet
from incentive_rules.judging.aggregates import FoundRows
from incentive_rules.lang import nodes as n
from incentive_rules.lang.aggregates import AGGREGATES
from incentive_rules.lang.functions import CANONICAL, OF_RESULT, OPTION_WORDS, OPTIONS, ROW_FUNCTIONS, option_word
from incentive_rules.lang.keywords import BLOCKS, ByForm, ByKey, Entries, Fields, Form, Items, OneOf
from incentive_rules.model import scheme as s
from incentive_rules.model.terms import Constant
from tests.random_schemes.author import Accepted
from tests.random_schemes.companies import Tables

Cell = tuple[str, ...]
TABLE_PLACES = ("called", "in place", "score", "grades")
BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
COMPARISONS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
OVER_ROWS = tuple(f.name for f in AGGREGATES)
MEMBERS = ("count", "sum", "mean", "share", "min", "max", "best")
# Of prose, of what is read in other tests, and of promises no amount is made.
NO_AMOUNTS = frozenset({"examples", "people", "objectives", "principles", "procedure"})
PROSE = frozenset({"title", "titles", "source", "unit", "responsible", "due", "decided_by", "version", "purpose", "at_risk",
                   "show_groups_from"})  # fmt: skip


EXCUSED: dict[Cell, str] = {
    ("keyword", "scheme", "status", "draft"): "a draft is checked and never run",
    ("count", "best", "members", "0"): "too rare for chance: tests/company/test_best.py meets it",
}


class Coverage:
    """Counts cells; `empty` are those that nothing has met."""

    def __init__(self) -> None:
        self.met: Counter[Cell] = Counter()

    @property
    def empty(self) -> list[Cell]:
        return [cell for cell in cells() if not self.met[cell]]

    def table(self) -> str:
        """The table that the test prints: each sort of cell with how many there are and the rarest of them."""
        lines = []
        sorts: dict[str, list[Cell]] = {}
        for cell in cells():
            sorts.setdefault(cell[0], []).append(cell)
        for sort, found in sorts.items():
            rarest = sorted(found, key=lambda c: self.met[c])[:3]
            shown = ", ".join(f"{' '.join(c[1:])} {self.met[c]}" for c in rarest)
            lines.append(f"{sort:<12} {len(found):>4} cells  {sum(self.met[c] for c in found):>8} times   rarest: {shown}")
        return "\n".join(lines)

    # ── the document ─────────────────────────────────────────────────────────────────────────────

    def read(self, accepted: Accepted, scheme: s.Scheme) -> None:
        """Count what stands in an accepted document."""
        self.met.update(("keyword", *cell) for cell in _keywords(accepted.text, accepted.language))
        self.met["language", accepted.language] += 1
        for formula in _formulas(scheme):
            if formula.expression is not None:
                for node in _walk(formula.expression):
                    self._node(node, scheme)
        for place, body in _tables(scheme):
            self._table(place, body, False)

    def _node(self, node: n.Expression, scheme: s.Scheme) -> None:
        if not isinstance(node, n.Call):
            return
        name = CANONICAL.get(node.function, "")
        if not name or node.function in {t.name for t in scheme.tables} | {f.name for f in scheme.functions}:
            return
        over = next((v for key, v in node.options if key == "over"), None)
        gathers = name in OVER_ROWS and (name not in ("min", "max") or bool(node.options) or len(node.arguments) == 1)
        self.met["function" if not gathers else "aggregate", name] += 1
        for key, value in node.options:
            self.met["option", name, OPTIONS[key]] += 1
            if OPTIONS[key] in OF_RESULT:
                of = "members" if isinstance(over, n.Name) and over.name in {f.name for f in scheme.families} else "rows"
                self.met["count", name, of, "number" if isinstance(value, n.Number) else "formula"] += 1
            if isinstance(value, n.Text):
                self.met["option word", name, option_word(OPTIONS[key], value.value)] += 1
        if isinstance(over, n.Name) and over.name in {f.name for f in scheme.families}:
            self.met["members", name] += 1

    def _table(self, place: str, body: s.TableBody, nested: bool) -> None:
        self.met["table", str(body.kind), place, "nested" if nested else "outer"] += 1
        for result in (*(r for _, r in body.rows), body.otherwise):
            if isinstance(result, s.TableBody):
                self._table(place, result, True)

    # ── the data ─────────────────────────────────────────────────────────────────────────────────

    def look(self, accepted: Accepted, tables: Tables) -> None:
        """Count the days in a company's data."""
        period = read_period(accepted.period)
        assert period is not None
        texts = {text[:10] for rows in tables.values() for row in rows for text in row.values() if text and text[:2] == "20"}
        days = {"first day": period.first_day, "last day": period.last_day, "29 February": date(2024, 2, 29)}
        self.met.update(("day", name) for name, day in days.items() if day.isoformat() in texts)

    def watching(self) -> type[referee.Evaluator]:
        """The referee's evaluator, which notes what it meets."""
        met = self.met

        class Watching(referee.Evaluator):
            def _binary(self, node: ast.BinOp) -> Constant:
                sign = BINARY.get(type(node.op))
                if sign is not None:
                    for side, part in (("left", node.left), ("right", node.right)):
                        if self._value(part) is None:
                            met["missing", sign, side] += 1
                return super()._binary(node)

            def _compare(self, node: ast.Compare) -> Constant:
                if isinstance(node.ops[0], (ast.In, ast.NotIn)):
                    if self._value(node.left) is None:
                        met["missing", "in" if isinstance(node.ops[0], ast.In) else "not in", "left"] += 1
                    return super()._compare(node)
                values = [self._value(part) for part in (node.left, *node.comparators)]
                gone = [i for i, value in enumerate(values) if value is None]
                for i in gone:
                    if len(values) == 2:
                        met["missing", COMPARISONS[type(node.ops[0])], ("left", "right")[i]] += 1
                    else:
                        met["missing", "chain", "first" if i == 0 else "last" if i == len(values) - 1 else "middle"] += 1
                return super()._compare(node)

            def _unary(self, node: ast.UnaryOp) -> Constant:
                if isinstance(node.op, ast.USub) and self._value(node.operand) is None:
                    met["missing", "-x", "right"] += 1
                return super()._unary(node)

            def _found(self, row_set: RowSet[referee.Scope], call: AggregateCall) -> FoundRows:
                found = super()._found(row_set, call)
                chosen = [item for item in found.items if item.value is not None]
                situation = ("no rows" if not row_set.numbers else "filter selects nothing" if not found.items
                             else "all missing" if not chosen else "")  # fmt: skip
                if situation and row_set.sort != "members":
                    met["rows", call.function, situation] += 1
                if call.most == 0 and call.function == "best" and chosen:
                    met["count", "best", "members" if row_set.sort == "members" else "rows", "0"] += 1
                if row_set.group and len(row_set.numbers) == 1:
                    met["rows", call.function, "group of one"] += 1
                values = {item.value for item in chosen}
                if len(values) == 1 and len(chosen) > 1:
                    met["rows", call.function, "all tied"] += 1
                if any(isinstance(v, referee.Fraction) and v < 0 for v in values):
                    met["rows", call.function, "negative"] += 1
                return found

        return Watching


def cells() -> Iterator[Cell]:
    """Every cell that must not stay empty."""
    return (cell for cell in _all_cells() if cell not in EXCUSED)


def _all_cells() -> Iterator[Cell]:
    yield from (("language", language) for language in ("en", "zh"))
    yield from (("function", f.name) for f in ROW_FUNCTIONS)
    for aggregate in AGGREGATES:
        yield ("aggregate", aggregate.name)
        yield from (("option", aggregate.name, option) for option in aggregate.options)
    yield from (("option word", word.of, word.english) for word in OPTION_WORDS)
    yield from (("members", name) for name in MEMBERS)
    yield from (("count", "best", of, n) for of in ("rows", "members") for n in ("number", "formula", "0"))
    for kind in s.TableKind:
        yield from (("table", str(kind), place, "outer") for place in TABLE_PLACES)
        yield ("table", str(kind), "called", "nested")
    yield from (("keyword", *cell) for cell in keyword_cells())
    yield from (("missing", sign, side) for sign in (*BINARY.values(), *COMPARISONS.values()) for side in ("left", "right"))
    yield from (("missing", "chain", place) for place in ("first", "middle", "last"))
    yield from (("missing", "in", "left"), ("missing", "not in", "left"), ("missing", "-x", "right"))
    for name in OVER_ROWS:
        situations = ["no rows", "filter selects nothing", "all missing", "group of one", "all tied"]
        if name in ("rank", "running"):  # a row that asks is there
            situations.remove("no rows")
        if name == "running":
            situations.remove("group of one")
        yield from (("rows", name, situation) for situation in situations)
        if name not in ("count", "share"):
            yield ("rows", name, "negative")
    yield from (("day", name) for name in ("first day", "last day", "29 February"))
    yield from (("outcome", one) for one in OUTCOMES)


OUTCOMES = (
    "honour: nobody eligible", "honour: all tied", "honour: empty places", "pool: nobody has a share",
    "pool: condition not met", "pool: something remains", "pool: paid out", "pay: negative amount", "pay: not this period",
    "pay: condition not met", "grade: missing", "total: missing",
)  # fmt: skip


# ── Keywords ──────────────────────────────────────────────────────────────────────────────────────


def keyword_cells() -> Iterator[Cell]:
    """Every field of every block that can change an amount, and every word that it may hold."""
    for name in _reached():
        for field in BLOCKS[name].fields:
            if field.key in PROSE or (name == "scheme" and field.key in NO_AMOUNTS):
                continue
            yield (name, field.key)
            yield from ((name, field.key, word.english) for word in _choice_of(field.form))


def _choice_of(form: Form) -> tuple[object, ...]:
    if isinstance(form, OneOf):
        return form.choice.words
    return _choice_of(form.of) if isinstance(form, Items) else ()


def _reached() -> list[str]:
    """The blocks that a document leads to, what no amount stands on left out, such as titles of words."""
    found, waiting = [], ["scheme"]
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found.append(name)
            fields = [f for f in BLOCKS[name].fields
                      if f.key not in PROSE and not (name == "scheme" and f.key in NO_AMOUNTS)]  # fmt: skip
            waiting += [block for f in fields for block in _blocks_of(f.form) if block != "in_languages"]
    return found


def _blocks_of(form: Form | None) -> list[str]:
    match form:
        case Fields(block=block):
            return [block]
        case Items(of=of) | Entries(of=of):
            return _blocks_of(of)
        case ByForm(text=text, mapping=mapping, items=items):
            return [*_blocks_of(text), *_blocks_of(mapping), *_blocks_of(items)]
        case ByKey(then=then, otherwise=otherwise):
            return [then.block, otherwise.block]
    return []


def _keywords(text: str, language: str) -> Iterator[Cell]:
    """The fields, and the words of choices, that stand in a document."""
    waiting: list[tuple[object, Form | None]] = [(yaml.load(text, yaml.BaseLoader), Fields("scheme"))]
    while waiting:
        node, form = waiting.pop()
        match form:
            case ByForm(text=plain, mapping=mapping, items=items):
                waiting.append((node, mapping if isinstance(node, dict) else items if isinstance(node, list) else plain))
            case ByKey(key=key, then=then, otherwise=otherwise) if isinstance(node, dict):
                field = BLOCKS[then.block].by_key.get(key) or BLOCKS[otherwise.block].by_key[key]
                waiting.append((node, then if field.spelling(language) in node else otherwise))
            case Fields(block=block) if isinstance(node, dict):
                for key, value in node.items():
                    found = BLOCKS[block].find(key, language)
                    if found is not None:
                        yield (block, found.key)
                        yield from ((block, found.key, word) for word in _words(value, found.form))
                        waiting.append((value, found.form))
            case Entries(of=of) if isinstance(node, dict):
                waiting += [(value, of) for value in node.values()]
            case Items(of=of) if isinstance(node, list):
                waiting += [(value, of) for value in node]


def _words(value: object, form: Form) -> Iterator[str]:
    if isinstance(form, OneOf) and isinstance(value, str):
        word = form.choice.find(value)
        if word is not None:
            yield word.english
    elif isinstance(form, Items) and isinstance(value, list):
        for one in value:
            yield from _words(one, form.of)


# ── Formulas and tables of a scheme ───────────────────────────────────────────────────────────────


def _formulas(scheme: s.Scheme) -> Iterator[s.Formula]:
    from incentive_rules.checking.names.dependencies import formulas_of

    for quantity in scheme.quantities:
        yield from formulas_of(quantity)
    yield from scheme.require
    yield from (f.formula for f in scheme.functions if isinstance(f.formula, s.Formula))
    yield from (one.where for one in scheme.selections if one.where is not None)
    if isinstance(scheme.applies_to, s.Formula):
        yield scheme.applies_to


def _walk(node: n.Expression) -> Iterator[n.Expression]:
    pending = [node]
    while pending:
        top = pending.pop()
        yield top
        pending.extend(n.children(top))


def _tables(scheme: s.Scheme) -> Iterator[tuple[str, s.TableBody]]:
    """Each table body in force somewhere, and the place where it stands."""
    for table in scheme.tables:
        yield from (("called", body) for _, body in table.body.values if isinstance(body, s.TableBody))
    for quantity in scheme.quantities:
        if isinstance(quantity.body, s.TableOf):
            grade = quantity.role is s.Role.GRADE
            score = quantity.role is s.Role.SCORE
            yield "grades" if grade else "score" if score else "in place", quantity.body.table
