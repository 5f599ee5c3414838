"""Random formulas, written freely: divisors without a guard, operands that may be missing, now and then two levels mixed.

The writer knows of each name what kind of value it is, where it lives and whether it may be missing, and
heeds that most of the time only. What the checker refuses is left out afterwards, so that it is the checker that
is put to the test, and not the writer's care.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from attrs import field, frozen, mutable

from tests.random_schemes.tongue import Tongue

LITERALS = ("0", "1", "2", "3", "7", "10", "100", "0.5", "2.25", "0.05", "5%", "12.5%", "33.3%", "-1")
WORDS = ("甲", "乙", "丙")
DAYS = ("period_first_day", "period_last_day")
METHODS_SERVED = ("calendar_days", "full_months", "started_months", "majority_months")
PERCENTILES = ("at_least", "more_than", "linear")
TIES = ("standard", "modified", "dense")
OVER_ROWS = ("count", "sum", "mean", "share", "min", "max", "best", "latest", "percentile", "variance")
OF_OTHERS = ("count", "sum", "mean", "share")
OF_MEMBERS = ("count", "sum", "mean", "share", "min", "max", "best")


@frozen
class Known:
    """A name that formulas may read: number | money | flag | word | day | moment; `level` is where it lives."""

    text: str
    kind: str
    level: str
    loose: bool = False


@mutable
class Names:
    """What may be read so far. `owners` are the levels directly above each; `tables` say how many keys they take."""

    owners: Mapping[str, tuple[str, ...]]
    known: list[Known] = field(factory=list)
    tables: list[tuple[str, Sequence[str], str, Sequence[str]]] = field(factory=list)  # name, kinds, gives, outputs
    functions: list[tuple[str, Sequence[str], str]] = field(factory=list)
    families: list[tuple[str, Sequence[Known]]] = field(factory=list)
    parts: list[str] = field(factory=list)  # groups of indicators
    selections: list[tuple[str, str]] = field(factory=list)  # name, level
    groups: Sequence[str] = ()

    def above(self, level: str) -> set[str]:
        found, waiting = set(), [level]
        while waiting:
            top = waiting.pop()
            if top not in found:
                found.add(top)
                waiting.extend(self.owners.get(top, ()))
        return found


class Formulas:
    """Writes formulas for one level; `inside` names the members' own values, or the arguments of a function."""

    def __init__(
        self, rng: Random, tongue: Tongue, names: Names, level: str, inside: Sequence[Known] = (), gathering: bool = False
    ) -> None:
        self.rng, self.tongue, self.names, self.level = rng, tongue, names, level
        self.inside = list(inside)
        self.gathering = gathering

    def pick(self, *options: object) -> object:
        return self.rng.choice(options)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    # ── names ────────────────────────────────────────────────────────────────────────────────────

    def of(self, kind: str, loose: bool | None = None) -> Known | None:
        """A name of this kind that can be read here; now and then one that cannot."""
        here = self.names.above(self.level)
        if self.chance(0.02):
            here = set(self.names.owners)
        found = [n for n in (*self.names.known, *self.inside * 3) if n.kind == kind and n.level in here]
        own = [n for n in found if n.level == self.level]
        if own and self.chance(0.5):
            found = own
        if loose is not None:
            found = [n for n in found if n.loose is loose] or found
        return self.rng.choice(found) if found else None

    def literal(self) -> str:
        return str(self.pick(*LITERALS))

    # ── numbers ──────────────────────────────────────────────────────────────────────────────────

    def number(self, depth: int = 3) -> str:
        if depth <= 0 or self.chance(0.22):
            name = self.of("number")
            return name.text if name is not None and self.chance(0.85) else self.literal()
        make = self.rng.choice(self._numbers())
        return make(depth - 1)

    def _numbers(self) -> list[Callable[[int], str]]:
        found = [self._sum, self._sum, self._product, self._product, self._quotient, self._quotient, self._choice,
                 self._known_choice, self._extreme, self._small, self._coalesce, self._table, self._between]  # fmt: skip
        found += [self._power, self._served, self._author, self._part_or_member, self._of_money]
        return found if self.gathering else [*found, *[self._aggregate] * 7]

    def _sum(self, depth: int) -> str:
        return f"({self.number(depth)} {self.pick('+', '-')} {self.number(depth)})"

    def _product(self, depth: int) -> str:
        return f"{self._factor(depth)} * {self._factor(depth)}"

    def _factor(self, depth: int) -> str:
        return f"({self.number(depth)})"

    def _quotient(self, depth: int) -> str:
        one, other = self._factor(depth), self._factor(depth)
        way = self.pick("bare", "bare", "ratio", "guarded", "more", "known")
        if way == "ratio":
            return f"{self.tongue.call('ratio')}({one}, {other})"
        if way == "guarded":
            guard = self.pick(f"{other} > 0", f"{other} != 0", f"{other} < 0")
            return f"({one} / {other} if {guard} else {self.number(depth)})"
        if way == "more":
            return f"{one} / ({self.tongue.call('abs')}{other} + {self.pick('1', '0.5', '3')})"
        if way == "known":
            return f"({one} / {other} if {self.tongue.call('known')}{other} {self._and()} {other} != 0 else {self.literal()})"
        return f"{one} / {other}"

    def _and(self) -> str:
        return self.tongue.operator("and")

    def _power(self, depth: int) -> str:
        return f"{self._factor(depth)} ** {self.pick('0', '1', '2', '3')}"

    def _choice(self, depth: int) -> str:
        return f"({self.number(depth)} if {self.condition(depth)} else {self.number(depth)})"

    def _known_choice(self, depth: int) -> str:
        name = self.of("number", loose=True)
        if name is None:
            return self._choice(depth)
        return f"({name.text} * 2 if {self.tongue.call('known')}({name.text}) else {self.number(depth)})"

    def _extreme(self, depth: int) -> str:
        function = str(self.pick("min", "max", "clamp"))
        count = 3 if function == "clamp" else int(str(self.pick("2", "2", "3")))
        return f"{self.tongue.call(function)}({', '.join(self.number(depth) for _ in range(count))})"

    def _small(self, depth: int) -> str:
        function = str(self.pick("abs", "round", "round", "floor", "ceil", "trunc", "minus", "plus"))
        if function in ("minus", "plus"):
            return f"{'-' if function == 'minus' else '+'}({self.number(depth)})"
        places = f", {self.pick('0', '1', '2')}" if function == "round" and self.chance(0.6) else ""
        return f"{self.tongue.call(function)}({self.number(depth)}{places})"

    def _coalesce(self, depth: int) -> str:
        last = self.literal() if self.chance(0.7) else self.number(depth)
        return f"{self.tongue.call('coalesce')}({self.number(depth)}, {last})"

    def _table(self, depth: int) -> str:
        tables = [one for one in self.names.tables if one[2] == "number"]
        return self.call_table(self.rng.choice(tables), depth) if tables else self._sum(depth)

    def call_table(self, table: tuple[str, Sequence[str], str, Sequence[str]], depth: int) -> str:
        name, kinds, _, outputs = table
        keys = [self.word(0) if kind == "word" else self.flag_name() if kind == "flag" else self.number(depth) for kind in kinds]
        give = f", {self.tongue.option('give')}={self.rng.choice(outputs)}" if outputs else ""
        return f"{name}({', '.join(keys)}{give})"

    def flag_name(self) -> str:
        name = self.of("flag", loose=False)
        return name.text if name is not None else self.tongue.operator("true")

    def _between(self, depth: int) -> str:
        if self.chance(0.4):
            one, other = self.of("moment"), self.of("moment")
            if one is not None and other is not None:
                return f"{self.tongue.call('minutes')}({one.text}, {other.text})"
        function = str(self.pick("days", "days", "months", "years"))
        return f"{self.tongue.call(function)}({self.day()}, {self.day()})"

    def _served(self, depth: int) -> str:
        method = self.tongue.option_word("method", str(self.pick(*METHODS_SERVED)))
        return f"{self.tongue.call('served')}({self.day()}, {self.day()}, {self.tongue.option('method')}={method})"

    def day(self) -> str:
        name = self.of("day")
        text = name.text if name is not None and self.chance(0.8) else str(self.pick(*DAYS))
        moment = self.of("moment") if self.chance(0.25) else None
        if moment is not None:
            text = f"{self.tongue.call('day_of')}({moment.text})"
        if not self.gathering and self.chance(0.08):
            sources = [s for s in self.names.owners if self.level in self.names.above(s) and s != self.level]
            if sources:
                source = self.rng.choice(sources)
                inner = Formulas(self.rng, self.tongue, self.names, source, gathering=True).day()
                over = self.tongue.own("everyone") if source == "person" else source
                text = f"{self.tongue.call(str(self.pick('min', 'max')))}({inner}, {self.tongue.option('over')}={over})"
        return f"{self.tongue.call('coalesce')}({text}, {self.pick(*DAYS)})" if self.chance(0.3) else text

    def _author(self, depth: int) -> str:
        found = [one for one in self.names.functions if one[2] == "number"]
        if not found:
            return self._product(depth)
        name, kinds, _ = self.rng.choice(found)
        return f"{name}({', '.join(self.number(depth) if k == 'number' else self.condition(depth) for k in kinds)})"

    def _part_or_member(self, depth: int) -> str:
        """A fold over the members of a family, or over the parts of a group of indicators."""
        if self.names.parts and self.level == "person" and self.chance(0.5):
            over, inside = self.rng.choice(self.names.parts), [Known(self.tongue.own("part"), "number", "person", True)]
        elif self.names.families and self.level == "person":
            over, inside = self.rng.choice(self.names.families)
        else:
            return self._sum(depth)
        inner = Formulas(self.rng, self.tongue, self.names, self.level, inside, gathering=True)
        function = str(self.pick(*OF_MEMBERS))
        return inner.gathered(function, over, "", min(depth, 1), self)

    # ── money ────────────────────────────────────────────────────────────────────────────────────

    def money(self, depth: int = 2) -> str:
        """An amount: a literal stands in it, or amounts do."""
        name = self.of("money")
        tables = [one for one in self.names.tables if one[2] == "money"]
        if depth > 0 and tables and self.chance(0.3):
            return self.call_table(self.rng.choice(tables), depth - 1)
        if name is None or self.chance(0.2):
            return f"100 * ({self.number(depth - 1)})"
        if depth <= 0 or self.chance(0.3):
            return name.text
        return str(self.rng.choice((
            f"({self.money(depth - 1)} {self.pick('+', '-')} {self.money(depth - 1)})",
            f"{name.text} * ({self.number(depth - 1)})", f"{name.text} / ({self.number(depth - 1)})",
            f"({self.money(depth - 1)} if {self.condition(depth - 1)} else {self.money(depth - 1)})",
            f"{self.tongue.call('coalesce')}({name.text}, 0)", f"{self.tongue.call('min')}({name.text}, {self.money(0)})",
        )))  # fmt: skip

    def _of_money(self, depth: int) -> str:
        """A plain number made of two amounts."""
        one, other = self.money(0), self.money(0)
        return f"{self.tongue.call('ratio')}({one}, {other})" if self.chance(0.6) else f"({one}) / ({other})"

    # ── aggregates ───────────────────────────────────────────────────────────────────────────────

    def _aggregate(self, depth: int) -> str:
        sources = [s for s in self.names.owners if self.level in self.names.above(s) and s != self.level]
        if self.level == "person" and "everyone" in self.names.owners and self.chance(0.3):
            sources.append("person")
        finer = [s for s in self.names.owners if s not in ("everyone",)]
        source = self.rng.choice(sources) if sources and self.chance(0.93) else self.rng.choice(finer)
        functions = list(OVER_ROWS)
        if source == self.level or self.chance(0.05):
            functions = ["rank", "running"] if source != "person" else ["rank", "rank", *OF_OTHERS]
        function = self.rng.choice(functions)
        over = {"person": self.tongue.own("everyone")}.get(source, source)
        if source == "person" and self.level == "person" and function in OF_OTHERS and self.chance(0.7):
            over = self.tongue.own("others")
        chosen = [name for name, level in self.names.selections if level == source]
        if chosen and self.chance(0.35) and over != "others":
            over = self.rng.choice(chosen)
        within = group = ""
        groups = [g for g in (*self.names.groups, "everyone") if g in self.names.above(source) and g != source]
        if groups and self.chance(0.45 if source == "person" or function == "rank" else 0.15):
            group = self.rng.choice(groups)
            within = self.tongue.own("everyone") if group == "everyone" else group
        inner = Formulas(self.rng, self.tongue, self.names, source, gathering=True)
        said = over if self.chance(0.75) or source == "person" else ""
        of_details = source not in ("person", *self.names.groups)
        stands = group if within else self.level if of_details else "everyone"
        here = self if stands == self.level else None
        return inner.gathered(function, said, within, min(depth, 2), here)

    def _count(self, over: str, within: str, here: Formulas | None) -> str:
        """How many are the best: a number, or a formula that `here` writes, or that counts the same rows."""
        call, option = self.tongue.call, self.tongue.option
        if here is not None and self.chance(0.5):
            number = f"{call('floor')}({call('coalesce')}({here.number(1)}, {self.pick('0', '1', '2')}))"
            return f"{call('clamp')}({number}, {self.pick('0', '0', '1')}, {self.pick('2', '3', '5')})"
        if over and self.chance(0.3):
            options = [f"{option('over')}={over}", *([f"{option('within')}={within}"] if within else [])]
            return f"{call('min')}({self.pick('1', '2', '3')}, {call('count')}({', '.join(options)}))"
        return str(self.pick("1", "2", "3"))

    def gathered(self, function: str, over: str, within: str, depth: int, here: Formulas | None = None) -> str:
        """An aggregate whose formula is written where its rows stand: this writer's level.

        `here` writes formulas of the level where the value of the aggregate stands.
        """
        options, arguments = [], []
        if function in ("count", "share"):
            if function == "share" or self.chance(0.6):
                arguments.append(self.loose_condition(depth))
        elif function == "latest" and self.chance(0.3):
            arguments.append(str(self.rng.choice((self.word(0), self.day(), self.flag_name()))))
        elif function in ("sum", "mean", "best") and self.chance(0.1):
            arguments.append(self.money(1))
        else:
            arguments.append(self.number(depth))
        if function == "percentile":
            arguments.append(str(self.pick("0%", "25%", "50%", "75%", "100%", "33.3%")))
            options.append(("method", self.tongue.option_word("method", str(self.pick(*PERCENTILES)))))
        if over:
            options.append(("over", over))
        if self.chance(0.35):
            options.append(("where", self.condition(depth)))
        if within:
            options.append(("within", within))
        if function == "mean" and self.chance(0.35):
            weight = self.number(0) if self.chance(0.5) else f"{self.tongue.call('max')}(0, {self.number(0)})"
            options.append(("weight", weight))
        if function == "best":
            options.append(("n", self._count(over, within, here)))
        if function == "rank":
            options.append(("ties", self.tongue.option_word("ties", str(self.pick(*TIES)))))
            if self.chance(0.5):
                options.append(("first", self.tongue.option_word("first", str(self.pick("high", "low")))))
            if self.chance(0.35):
                further = [self.number(0), *([self.day()] if self.chance(0.3) else [])]
                options.append(("then", f"[{', '.join(further)}]" if len(further) > 1 or self.chance(0.5) else further[0]))
        if function in ("latest", "running"):
            order = [x.text for x in (self.of("number", False), self.of("day", False)) if x is not None]
            options.append(("order", f"[{', '.join(order)}]"))
        said = [f"{self.tongue.option(key)}={value}" for key, value in options]
        return f"{self.tongue.call(function)}({', '.join((*arguments, *said))})"

    # ── conditions ───────────────────────────────────────────────────────────────────────────────

    def condition(self, depth: int = 2) -> str:
        """A condition, most of the time one that handles what may be missing."""
        if self.chance(0.55):
            return self.loose_condition(depth)
        wrapped = self.loose_condition(depth)
        return f"{self.tongue.call('coalesce')}({wrapped}, {self.tongue.operator(str(self.pick('true', 'false')))})"

    def loose_condition(self, depth: int = 2) -> str:
        ways = ["compare", "compare", "compare", "chain", "chain", "words", "flag", "known", "among", "days"]
        if depth > 0:
            ways += ["not", "both", "both", "either", "either"]
        match self.pick(*ways):
            case "compare":
                sign = self.pick("<", "<=", ">", ">=", "==", "!=")
                return f"{self.number(depth - 1)} {sign} {self.number(depth - 1)}"
            case "chain":
                parts = [self.number(depth - 1) for _ in range(self.rng.choice((3, 3, 4)))]
                signs = [self.pick("<", "<=", ">", ">=", "==", "!=") for _ in parts[1:]]
                return " ".join([parts[0], *(f"{s} {p}" for s, p in zip(signs, parts[1:], strict=True))])
            case "words":
                return f'{self.word(depth - 1)} {self.pick("==", "!=")} {self.word(0)}'
            case "flag":
                tables = [one for one in self.names.tables if one[2] == "flag"]
                if depth > 0 and tables and self.chance(0.4):
                    return self.call_table(self.rng.choice(tables), depth - 1)
                name = self.of("flag")
                return name.text if name is not None else self.tongue.operator("true")
            case "known":
                kind = str(self.pick("number", "number", "word", "day", "flag"))
                name = self.of(kind, loose=True)
                inner = self.loose_condition(0) if self.chance(0.2) else name.text if name else self.number(depth - 1)
                return f"{self.tongue.call('known')}({inner})"
            case "among":
                no = self.tongue.operator("not in" if self.chance(0.3) else "in")
                if self.chance(0.5):
                    return f'{self.word(depth - 1)} {no} ["{self.pick(*WORDS)}", "{self.pick(*WORDS)}"]'
                return f"{self.number(depth - 1)} {no} [{self.literal()}, {self.literal()}]"
            case "days":
                return f"{self.day()} {self.pick('<', '<=', '==', '>=')} {self.day()}" + (
                    f" {self.pick('<', '<=')} {self.day()}" if self.chance(0.4) else ""
                )
            case "not":
                return f"{self.tongue.operator('not')} ({self.condition(depth - 1)})"
            case "both":
                return f"({self.condition(depth - 1)}) {self.tongue.operator('and')} ({self.condition(depth - 1)})"
        return f"({self.condition(depth - 1)}) {self.tongue.operator('or')} ({self.condition(depth - 1)})"

    # ── words ────────────────────────────────────────────────────────────────────────────────────

    def word(self, depth: int = 1) -> str:
        name = self.of("word")
        tables = [one for one in self.names.tables if one[2] == "word"]
        if depth > 0 and tables and self.chance(0.3):
            return self.call_table(self.rng.choice(tables), depth - 1)
        if depth > 0 and self.chance(0.3):
            return f"({self.word(depth - 1)} if {self.condition(depth - 1)} else {self.word(0)})"
        if name is not None and self.chance(0.6):
            if name.loose and self.chance(0.4):
                return f'{self.tongue.call("coalesce")}({name.text}, "{self.pick(*WORDS)}")'
            return name.text
        return f'"{self.pick(*WORDS)}"'
