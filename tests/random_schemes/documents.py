"""Random documents: entries of all sections, written freely and then kept as far as the checker accepts them.

    document = Author(Random(7)).document()
    accepted = document.accepted()        # an `Accepted`, or None where nothing was left
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

from attrs import evolve, field, frozen, mutable

import incentive_rules as ir
from tests.random_schemes.formulas import WORDS, Formulas, Known, Names
from tests.random_schemes.tongue import Tongue

MODES = ("half_up", "half_even", "down", "up", "floor", "ceiling")
TEAMS, PROJECTS = ("甲", "乙", "丙"), ("P1", "P2", "P3")
MOST_ROUNDS = 12
NUMBER_RANGES = ((0, 9), (1, 5), (1, 12), (-3, 4), (-7, -1), (0, 1), (0, 0), (2, 2), (1, 200))


@frozen
class Fact:
    """An input: what data may stand in its column. `low` and `high` count steps of 10**-decimals."""

    name: str
    kind: str  # integer | number | money | boolean | category | date | time | key
    low: int = 0
    high: int = 0
    decimals: int = 0
    loose: bool = False
    words: tuple[str, ...] = ()


@frozen
class Entry:
    """One entry of a section. `simpler` takes its place where it is refused; without it the entry is left out."""

    section: str
    lines: tuple[str, ...]
    simpler: tuple[str, ...] = ()
    needed: bool = False


@frozen
class Accepted:
    """A document that the checker accepts, and the facts that its data must bring, by table ("" the people)."""

    text: str
    language: str
    period: str
    facts: dict[str, tuple[Fact, ...]]
    owners: dict[str, tuple[str, ...]]  # of each detail table: the tables or groups that its rows belong to
    history: bool
    dropped: int


@mutable
class Document:
    """The entries as they were written; `sections` are in the order in which they stand."""

    language: str
    period: str
    head: list[str]
    sections: dict[str, str]  # name → its spelling
    entries: list[Entry]
    facts: dict[str, tuple[Fact, ...]]
    owners: dict[str, tuple[str, ...]]
    history: bool = False
    dropped: int = 0

    def written(self) -> tuple[str, list[Entry | None]]:
        """The text, and for each of its lines the entry that it belongs to."""
        lines, whose = list(self.head), list[Entry | None]([None] * len(self.head))
        for section, spelling in self.sections.items():
            inside = [e for e in self.entries if e.section == section]
            if inside:
                lines.append(f"{spelling}:")
                whose.append(None)
            for entry in inside:
                lines += [f"  {line}" for line in entry.lines]
                whose += [entry] * len(entry.lines)
        return "\n".join(lines) + "\n", whose

    def accepted(self, limits: ir.Limits | None = None) -> Accepted | None:
        """What is left when all that the checker refuses is taken out; None where that does not end."""
        for _ in range(MOST_ROUNDS):
            text, whose = self.written()
            report = ir.check(text=text, period=self.period)
            if report.ok:
                return Accepted(text, self.language, self.period, self.facts, self.owners, self.history, self.dropped)
            refused = {d.place.line for d in report.errors if d.place is not None}
            bad = [e for line in refused if line <= len(whose) and (e := whose[line - 1]) is not None]
            if not bad or any(e.needed and not e.simpler for e in bad):
                return None
            self._replace(bad)
        return None

    def _replace(self, bad: Iterable[Entry]) -> None:
        gone = {id(e) for e in bad}
        self.dropped += len(gone)
        kept = []
        for entry in self.entries:
            if id(entry) not in gone:
                kept.append(entry)
            elif entry.simpler and entry.lines != entry.simpler:
                kept.append(evolve(entry, lines=entry.simpler))
        self.entries = kept


@mutable
class Author:
    """Draws a whole document."""

    rng: Random
    tongue: Tongue = field(init=False)
    names: Names = field(init=False)
    entries: list[Entry] = field(factory=list)
    facts: dict[str, tuple[Fact, ...]] = field(factory=dict)
    owners: dict[str, tuple[str, ...]] = field(factory=dict)
    several: bool = field(init=False)
    count: int = 0

    def __attrs_post_init__(self) -> None:
        self.tongue = Tongue(self.rng, self.rng.choice(("en", "en", "zh")))
        self.several = self.chance(0.75)
        self.names = Names({"person": ("everyone",), "everyone": ()})

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def key(self, block: str, key: str) -> str:
        return self.tongue.key(block, key)

    def new(self, stem: str) -> str:
        self.count += 1
        return f"{stem}_{self.count}" if not self.tongue.chinese or self.chance(0.5) else f"{stem}{self.count}号"

    def add(self, section: str, lines: Sequence[str], simpler: Sequence[str] = (), needed: bool = False) -> None:
        self.entries.append(Entry(section, tuple(lines), tuple(simpler), needed))

    def at(self, level: str, inside: Sequence[Known] = ()) -> Formulas:
        return Formulas(self.rng, self.tongue, self.names, level, inside)

    # ── the whole ────────────────────────────────────────────────────────────────────────────────

    def document(self) -> Document:
        self.inputs()
        self.details()
        self.parameters_and_tables()
        self.repeat()
        self.quantities(self.rng.randint(2, 5))
        self.indicators()
        self.quantities(self.rng.randint(1, 4))
        self.grades()
        self.several_people()
        self.money()
        self.rules()
        k, w = self.key, self.tongue.word
        kind = self.rng.choice(("month", "month", "quarter", "half_year", "year"))
        period = {"month": self.rng.choice(("2024-02", "2024-04", "2024-12")), "quarter": "2024-Q1",
                  "half_year": "2024-H2", "year": "2024"}[kind]  # fmt: skip
        head = [
            f"{k('scheme', 'format')}: 1",
            f"{k('scheme', 'scheme')}: random",
            f"{k('scheme', 'effective')}: {{{k('effective', 'first_day')}: 2024-01-01, {k('effective', 'last_day')}: 2025-12-31}}",
            f"{k('scheme', 'period')}: {w('period', kind)}",
            f"{k('scheme', 'currency')}: {self.rng.choice(('CNY', 'CNY', 'JPY', 'KWD'))}",
            f"{k('scheme', 'limits')}: {{{k('limits', 'max_people')}: 200, {k('limits', 'max_rows_per_person')}: 60}}",
            *self.prose(),
        ]
        sections = ["parameters", "tables", "functions", "inputs", "groups", "details", "selections", "repeat", "quantities",
                    "indicators", "composites", "total", "grades", "honors", "pay", "wage_floor", "entitlements", "require"]  # fmt: skip
        self.rng.shuffle(sections)
        spelled = {name: self.key("scheme", name) for name in sections}
        return Document(self.tongue.language, period, head, spelled, self.entries, self.facts, self.owners)

    def prose(self) -> list[str]:
        """What changes no amount."""
        k, w, found = self.key, self.tongue.word, []
        if self.chance(0.3):
            found.append(f"{k('scheme', 'title')}: 随机方案")
            found.append(f"{k('scheme', 'version')}: 1.0")
        if self.chance(0.3):
            found.append(f"{k('scheme', 'rounding')}: {w('rounding', self.rng.choice(MODES))}")
        if self.chance(0.2):
            found.append(f"{k('scheme', 'status')}: {w('status', self.rng.choice(('active', 'example')))}")
            found.append(f"{k('scheme', 'language')}: {self.rng.choice(('zh', 'en'))}")
            found.append(f"{k('scheme', 'purpose')}: because")
        return found

    # ── facts ────────────────────────────────────────────────────────────────────────────────────

    def fact(self, name: str, kind: str, level: str, loose: bool, words: tuple[str, ...] = ()) -> tuple[Fact, str]:
        """An input and its line; its name joins those that formulas may read."""
        k, w = self.key, self.tongue.word
        said = [f"{k('input', 'type')}: {w('type', kind)}"]
        fact = Fact(name, kind, loose=loose, words=words)
        if kind in ("integer", "number", "money"):
            places = {"integer": 0, "number": self.rng.choice((1, 2)), "money": 0}[kind]
            low, high = self.rng.choice(NUMBER_RANGES)
            if kind == "money":
                low, high = self.rng.choice(((0, 900), (1, 50), (-20, 900)))
            fact = evolve(fact, low=low * 10**places, high=high * 10**places, decimals=places)
            said.append(f"{k('input', 'range')}: [{low}, {high}]")
            if kind != "integer":
                said.append(f"{k('input', 'decimals')}: {places}")
        if kind == "category" and words:
            said.append(f"{k('input', 'one_of')}: [{', '.join(words)}]")
        if kind in ("date", "time") and self.chance(0.4):
            said.append(f"{k('input', 'range')}: [2023-06-01, 2025-06-30]")
        if loose:
            said.append(f"{k('input', 'can_be_missing')}: {self.tongue.flag(True)}")
        if self.chance(0.1):
            said.append(f"{k('input', 'title')}: 标题 {name}")
        sort = {"boolean": "flag", "category": "word", "date": "day", "time": "moment", "key": "key", "money": "money"}.get(kind, "number")
        self.names.known.append(Known(name, sort, level, loose))
        return fact, f"{name}: {{{', '.join(said)}}}"

    def inputs(self) -> None:
        k, w = self.key, self.tongue.word
        self.add("inputs", [f"who: {{{k('input', 'type')}: {w('type', 'key')}}}"], needed=True)
        facts = [Fact("who", "key")]
        wanted = [("a", "integer", False), ("b", "number", True), ("c", "money", False), ("d", "date", False),
                  ("e", "date", True), ("f", "boolean", False), ("g", "boolean", True), ("h", "integer", True),
                  ("t", "time", False), ("u", "time", True), ("v", "category", True), ("p", "category", False)]  # fmt: skip
        for name, kind, loose in wanted:
            if name in "abh" or self.chance(0.7):
                words = WORDS if kind == "category" else ()
                fact, line = self.fact(name, kind, "person", loose, words)
                self.add("inputs", [line])
                facts.append(fact)
        if self.several:
            fact, line = self.fact("team", "category", "person", False, TEAMS if self.chance(0.5) else ())
            fact = evolve(fact, words=TEAMS)
            self.add("inputs", [line], needed=True)
            facts.append(fact)
            self.names.groups = ("team",)
            self.names.owners = {**self.names.owners, "person": ("team", "everyone"), "team": ("everyone",)}
        self.facts[""] = tuple(facts)

    def table_of_facts(self, table: str, level: str, wanted: Sequence[tuple[str, str, bool]]) -> tuple[list[str], list[Fact]]:
        lines, facts = [], []
        for name, kind, loose in wanted:
            fact, line = self.fact(name, kind, level, loose, WORDS if kind == "category" else ())
            lines.append(line)
            facts.append(fact)
        return lines, facts

    def details(self) -> None:
        """Rows of a person, of rows, of a project and a person; groups with facts of their own."""
        if self.several and self.chance(0.6):
            self.group("teams", "team", [("goal", "integer", False), ("fund", "money", False), ("spare", "integer", True)])
        with_projects = self.several and self.chance(0.5)
        if with_projects:
            self.names.owners = {**self.names.owners, "project": ("everyone",)}
            self.group("projects", "project", [("worth", "money", False), ("done", "boolean", False)])
            self.names.groups = (*self.names.groups, "project")
        if self.chance(0.85):
            self.rows("jobs", "who", ("person",), [("hours", "integer", False), ("pts", "number", True), ("kind", "category", False),
                      ("late", "boolean", True), ("day", "date", False), ("num", "integer", False)])  # fmt: skip
            if self.chance(0.5):
                self.rows("visits", "jobs", ("jobs",), [("spent", "integer", False), ("rated", "integer", True)])
        if with_projects:
            self.rows("roles", "[who, project]", ("person", "project"), [("role_part", "integer", self.chance(0.5))])

    def group(self, name: str, key: str, wanted: Sequence[tuple[str, str, bool]]) -> None:
        lines, facts = self.table_of_facts(name, key, wanted)
        block = "data_group"
        self.add("groups", [f"{name}:", f"  {self.key(block, 'key')}: {key}", f"  {self.key(block, 'inputs')}:",
                            *(f"    {line}" for line in lines)], needed=True)  # fmt: skip
        self.facts[name] = (Fact(key, "key"), *facts)

    def rows(self, name: str, belongs: str, owners: tuple[str, ...], wanted: Sequence[tuple[str, str, bool]]) -> None:
        self.names.owners = {**self.names.owners, name: owners}
        lines, facts = self.table_of_facts(name, name, wanted)
        said = [f"{name}:", f"  {self.key('details', 'belongs_to')}: {belongs}"]
        keyed = name == "jobs"
        if keyed:
            said.append(f"  {self.key('details', 'key')}: job")
        said += [f"  {self.key('details', 'inputs')}:", *(f"    {line}" for line in lines)]
        if self.chance(0.7):
            said.append(f"  {self.key('details', 'quantities')}:")
            for _ in range(self.rng.randint(1, 2)):
                local = self.new("row")
                said.append(f"    {local}: {self.quantity(self.at(name))}")
                self.names.known.append(Known(local, "number", name, True))
        plain = said[: said.index(f"  {self.key('details', 'inputs')}:") + 1 + len(lines)]
        self.add("details", said, plain, needed=True)
        self.facts[name] = (*((Fact("job", "key"),) if keyed else ()), *facts)
        self.owners[name] = owners
        if self.chance(0.4):
            chosen = self.new("some")
            where = self.at(name).condition(1)
            k = self.key
            self.add("selections", [f"{chosen}:", f"  {k('selection', 'over')}: {name}", f"  {k('selection', 'where')}: '{where}'"])
            self.names.selections.append((chosen, name))

    # ── constants ────────────────────────────────────────────────────────────────────────────────

    def parameters_and_tables(self) -> None:
        k = self.key
        for value in self.rng.sample(("3", "0.5", "12.5%", "0", "-2"), 2):
            name = self.new("rate")
            said = [f"{name}: {value}"]
            if self.chance(0.3):
                dated = k("parameter", "dated")
                said = [f"{name}: {{{dated}: {{2023-01-01: 1, 2024-02-01: {value}, 2025-02-01: 9}}, {k('parameter', 'changes_inside')}: {self.tongue.word('changes_inside', 'first_day')}}}"]
            self.add("parameters", said)
            self.names.known.append(Known(name, "number", "everyone"))
        for _ in range(self.rng.randint(0, 2)):
            self.table()
        if self.chance(0.5):
            name = self.new("func")
            takes = [Known("x_", "number", "person"), Known("ok_", "flag", "person")]
            inner = Formulas(self.rng, self.tongue, Names(self.names.owners, tables=self.names.tables), "person", takes, True)
            self.add("functions", [f"{name}:", f"  {k('function', 'takes')}: [x_, ok_]", f"  {k('function', 'is')}: '{inner.number(2)}'"])
            self.names.functions.append((name, ("number", "flag"), "number"))

    def table(self) -> None:
        name = self.new("table")
        kinds = self.rng.choice((("number",), ("number",), ("word",), ("number", "number"), ("word", "number"), ("number", "word"), ("flag", "number")))
        outputs = ("out_a", "out_b") if self.chance(0.25) else ()
        spelled = [f"{self.key('table', 'keys')}: [{', '.join(f'k{i}' for i in range(len(kinds)))}]"] if len(kinds) > 1 else []
        spelled.append(self.body(kinds, outputs))
        self.add("tables", [f"{name}: {{{', '.join(spelled)}}}"])
        self.names.tables.append((name, kinds, "number", outputs))

    def body(self, kinds: Sequence[str], outputs: Sequence[str] = (), block: str = "table") -> str:
        """The words and rows of a table body for these keys, without the braces around it."""
        line = self.rng.choice(("points", "slices", "points", "slices", "from", "up_to", "from", "up_to", "equals"))
        kind = line if kinds[0] == "number" else "equals"
        if outputs and kind in ("points", "slices"):
            kind = "from"
        if kind == "equals":
            edges = {"word": WORDS, "flag": (self.tongue.operator("true"), self.tongue.operator("false")),
                     "number": tuple(str(i) for i in range(self.rng.randint(2, 6)))}[kinds[0]]  # fmt: skip
        else:
            edges = tuple(map(str, sorted(self.rng.sample(range(-9, 20), self.rng.randint(2, 4)))))
        if kind == "slices" and self.chance(0.7):
            edges = ("-3000", *edges[1:])
        rows = ", ".join(f"{edge}: {self.result(kinds[1:], outputs)}" for edge in edges)
        found = f"{self.key(block, kind)}: {{{rows}}}"
        if kind in ("from", "up_to", "equals") and self.chance(0.75):
            found += f", {self.key(block, 'else')}: {self.result((), outputs)}"
        return found

    def result(self, kinds: Sequence[str], outputs: Sequence[str]) -> str:
        if kinds:
            return f"{{{self.body(kinds, outputs, 'table_in_place')}}}"
        if outputs:
            return f"{{{', '.join(f'{name}: {self.constant()}' for name in outputs)}}}"
        return self.constant()

    def constant(self) -> str:
        if self.chance(0.06):
            return self.tongue.operator("missing") if self.tongue.chinese else "missing"
        return self.rng.choice(("0", "1", "5", "10", "100", "0.5", "12.5%", "-3"))

    def repeat(self) -> None:
        """A family with constants, an input of each member, and quantities of each."""
        if not self.chance(0.35):
            return
        k, name = self.key, self.new("fam")
        members = ("one", "two", "tri")[: self.rng.randint(1, 3)]
        block = "family"
        low, high = self.rng.choice(((0, 9), (1, 5), (-3, 3)))
        loose = self.chance(0.5)
        said = [f"{name}:", f"  {k(block, 'members')}:", *(f"    {m}: {{aim: {i * 2 + 1}}}" for i, m in enumerate(members))]
        can = f", {k('input', 'can_be_missing')}: {self.tongue.flag(True)}" if loose else ""
        said += [f"  {k(block, 'inputs')}:", f"    made: {{{k('input', 'type')}: {self.tongue.word('type', 'integer')}, {k('input', 'range')}: [{low}, {high}]{can}}}"]
        inside = [Known("made", "number", "person", loose), Known("aim", "number", "everyone")]
        local = self.quantity(self.at("person", inside))
        self.add("repeat", [*said, f"  {k(block, 'quantities')}:", f"    got: {local}"], said, needed=True)
        self.facts[""] += tuple(Fact(f"{m}_made", "integer", low, high, 0, loose) for m in members)
        self.names.families.append((name, (*inside, Known("got", "number", "person", True))))
        self.names.known += [Known(f"{members[0]}_made", "number", "person", loose), Known(f"{members[0]}_got", "number", "person", True)]

    # ── quantities ───────────────────────────────────────────────────────────────────────────────

    def quantity(self, formulas: Formulas, kind: str = "number") -> str:
        """The right-hand side of a quantity."""
        k, w = self.key, self.tongue.word
        text = {"number": formulas.number, "flag": formulas.loose_condition, "word": formulas.word}[kind](2)
        said = [f"{k('quantity', 'is')}: '{text}'"]
        if kind == "number" and self.chance(0.5):
            said.append(f"{k('quantity', 'decimals')}: {self.rng.choice(('0', '2', '4', w('exact', 'exact')))}")
        if kind == "number" and self.chance(0.25):
            said.append(f"{k('quantity', 'rounding')}: {w('rounding', self.rng.choice(MODES))}")
        if self.chance(0.15):
            said.append(f"{k('quantity', 'when')}: '{formulas.condition(1)}'")
        return f"{{{', '.join(said)}}}" if len(said) > 1 or self.chance(0.3) else f"'{text}'"

    def quantities(self, count: int) -> None:
        levels = [lv for lv in self.names.owners if lv in ("person", "everyone", *self.names.groups)]
        for _ in range(count):
            level = "person" if self.chance(0.65) else self.rng.choice(levels)
            name, kind = self.new("q"), self.rng.choice(("number", "number", "number", "flag", "word"))
            formulas = self.at(level)
            if kind == "number" and self.chance(0.12):
                number = formulas.of("number")
                assert number is not None
                self.add("quantities", [f"{name}: {{{self.key('quantity', 'of')}: {number.text}, {self.body(('number',), (), 'quantity')}}}"])
            else:
                self.add("quantities", [f"{name}: {self.quantity(formulas, kind)}"])
            self.names.known.append(Known(name, kind, level, True))

    def indicators(self) -> None:
        if not self.chance(0.7):
            return
        k, w = self.key, self.tongue.word
        weights = self.rng.choice(("50% 50%", "100%", "20% 30% 50%", "0% 100%")).split()
        names = []
        for weight in weights:
            name = self.new("ind")
            formulas = self.at("person")
            score = "{" + self.body(("number",), (), "table_in_place") + "}" if self.chance(0.6) else f"'{self.tongue.own('value')} * 2'"
            rows = f", {k('indicator', 'min_rows')}: {self.rng.randint(1, 3)}" if self.chance(0.3) and "jobs" in self.names.owners else ""
            start = f"{name}: {{{k('indicator', 'weight')}: {weight}, {k('indicator', 'better')}: {w('better', 'none')}, "
            plain = "{" + f"{k('table_in_place', 'points')}: {{-1: 0, 9: 100}}" + "}"
            value = f"'{formulas.number(2)}'"
            lines = [f"{start}{k('indicator', 'value')}: {value}, {k('indicator', 'score')}: {score}{rows}}}"]
            simpler = [f"{start}{k('indicator', 'value')}: a, {k('indicator', 'score')}: {plain}}}"]
            self.add("indicators", lines, simpler, needed=True)
            names.append(name)
        for name in names:
            self.names.known.append(Known(name, "number", "person", True))
            self.names.known.append(Known(f"{self.tongue.own('value')}({name})", "number", "person", True))
        self.names.known.append(Known("total", "number", "person", True))
        self.names.parts.append("total")
        self.add("total", [f"{k('total', 'missing')}: {w('group_missing', self.rng.choice(('reweigh', 'zero', 'refuse')))}"], needed=True)
        if self.chance(0.2):
            self.add("total", [f"{k('total', 'at_least')}: 1"])
        if self.chance(0.5):
            self.add("total", [f"{k('total', 'adjust')}:", *self.adjustments()])
        if self.chance(0.3):
            name = self.new("comp")
            ways = f"{names[0]}: '{self.at('person').number(1)}', a: '1'"
            self.add("composites", [f"{name}: {{{k('composite', 'weights')}: {w('weights', 'relative')}, {k('composite', 'missing')}: "
                                    f"{w('group_missing', self.rng.choice(('reweigh', 'zero', 'refuse')))}, {k('composite', 'of')}: {{{ways}}}}}"])  # fmt: skip
            self.names.known.append(Known(name, "number", "person", True))

    def adjustments(self) -> list[str]:
        k, lines = self.key, []
        for _ in range(self.rng.randint(1, 3)):
            action = self.rng.choice(("set", "at_most", "at_least", "add", "multiply"))
            when = f", {k('adjustment', 'when')}: '{self.at('person').condition(1)}'" if self.chance(0.7) else ""
            lines.append(f"  - {{{k('adjustment', 'reason')}: because{when}, {k('adjustment', action)}: '{self.at('person').number(1)}'}}")
        return lines

    def grades(self) -> None:
        k, w = self.key, self.tongue.word
        if not self.chance(0.5):
            return
        of = self.at("person").of("number")
        assert of is not None
        if self.several and self.chance(0.5):
            within = self.rng.choice((*[g for g in self.names.groups if g == "team"], self.tongue.own("everyone")))
            shares = self.rng.choice(("A: 20%, B: 50%, C: 30%", "A: 5%, B: 95%", "A: 0%, B: 100%"))
            ties = w("grade_ties", self.rng.choice(("all", "none")))
            lines = [f"{k('grades', 'of')}: {of.text}", f"{k('grades', 'shares')}: {{{shares}}}",
                     f"{k('grades', 'within')}: {within}", f"{k('grades', 'ties')}: {ties}"]  # fmt: skip
        else:
            lines = [f"{k('grades', 'of')}: {of.text}", f"{k('grades', 'from')}: {{4: A, 2: B}}", f"{k('grades', 'else')}: C"]
        self.entries.append(Entry("grades", tuple(lines)))
        self.names.known.append(Known("grade", "word", "person", True))

    # ── several people ───────────────────────────────────────────────────────────────────────────

    def several_people(self) -> None:
        if not self.several:
            return
        k, w = self.key, self.tongue.word
        if self.chance(0.45):
            name = self.new("star")
            keys = [f"'{self.at('person').number(1)}'" for _ in range(self.rng.randint(1, 2))]
            places = self.rng.choice(("1", "2", "0", f"{{{k('places', 'share')}: {self.rng.choice(('5%', '40%'))}, "
                                      f"{k('places', 'of')}: {w('places_of', self.rng.choice(('eligible', 'group')))}, {k('places', 'at_least')}: 1}}"))  # fmt: skip
            within = self.rng.choice(("team", self.tongue.own("everyone")))
            lines = [f"{name}:", f"  {k('honor', 'within')}: {within}", f"  {k('honor', 'best_by')}: [{', '.join(keys)}]",
                     f"  {k('honor', 'places')}: {places}", f"  {k('honor', 'ties')}: {w('ties', self.rng.choice(('all', 'none')))}"]  # fmt: skip
            if self.chance(0.6):
                lines.append(f"  {k('honor', 'among')}: '{self.at('person').condition(1)}'")
            if self.chance(0.6):
                lines.append(f"  {k('honor', 'award')}: '{self.rng.choice(('1000', '100 * 1.5', '333.33'))}'")
            self.add("honors", lines)
            self.names.known.append(Known(name, "flag", "person"))
            if any("1000" in line or "333" in line or "1.5" in line for line in lines):
                self.names.known.append(Known(f"{self.tongue.own('award')}({name})", "money", "person"))
        for _ in range(self.rng.randint(0, 2)):
            self.pool()

    def pool(self) -> None:
        k, w, name = self.key, self.tongue.word, self.new("pool")
        each = self.rng.choice((self.tongue.own("everyone"), "team", *(("project",) if "roles" in self.names.owners else ())))
        level = "everyone" if each not in ("team", "project") else each
        to = "roles" if each == "project" else "jobs" if "jobs" in self.names.owners and self.chance(0.25) else ""
        sharers = to or "person"
        amount = self.rng.choice(("1000.01", "100", "0", "7.77", self.at(level).money(1)))
        amount = f"{self.tongue.call('max')}(0, {amount})" if self.chance(0.3) else amount
        weight = self.rng.choice((self.at(sharers).number(1), f"{self.tongue.call('max')}(0, {self.at(sharers).number(1)})", "1", "0"))
        lines = [f"{name}:", f"  {k('pay', 'pool')}:", f"    {k('pool', 'each')}: {each}",
                 f"    {k('pool', 'amount')}: '{amount}'", f"    {k('pool', 'in_proportion_to')}: '{weight}'"]  # fmt: skip
        if to:
            lines.append(f"    {k('pool', 'to')}: {to}")
        if self.chance(0.7):
            lines.append(f"    {k('pool', 'cents')}: {w('cents', self.rng.choice(('largest_remainder', 'webster', 'keep_remainder')))}")
        if self.chance(0.3):
            lines.append(f"    {k('pool', 'when')}: '{self.at(level).condition(1)}'")
        if self.chance(0.4):
            lines.append(f"    {k('pool', 'among')}: '{self.at(sharers).condition(1)}'")
            lines.append(f"    {k('pool', 'left_out')}: {w('left_out', self.rng.choice(('shared', 'kept')))}")
        if self.chance(0.3):
            lines.append(f"    {k('pool', 'at_most')}: '{self.rng.choice(('100', '3.33', '0', '400'))}'")
        if self.chance(0.2):
            lines.append(f"    {k('pool', 'remainder')}: {w('remainder', 'keep')}")
        self.add("pay", lines)
        self.names.known.append(Known(name, "money", "person"))

    # ── money and rules ──────────────────────────────────────────────────────────────────────────

    def money(self) -> None:
        k, w = self.key, self.tongue.word
        for _ in range(self.rng.randint(1, 4)):
            name = self.new("line")
            formulas = self.at("person")
            amount = f"1 * ({formulas.number(2)})" if self.chance(0.6) else formulas.money(2)
            said = [f"{k('pay', 'amount')}: '{amount}'"]
            if self.chance(0.4):
                said.append(f"{k('pay', 'when')}: '{formulas.condition(2)}'")
            if self.chance(0.3):
                said.append(f"{k('pay', 'kind')}: {w('kind', self.rng.choice(('earning', 'deduction', 'employer_cost')))}")
            if self.chance(0.2):
                said.append(f"{k('pay', 'at_most')}: '{self.rng.choice(('500', '30.5', '0'))}'")
            if self.chance(0.2):
                said.append(f"{k('pay', 'at_least')}: '{self.rng.choice(('0', '5', '0.5'))}'")
            if self.chance(0.15):
                said.append(f"{k('pay', 'every')}: {w('period', self.rng.choice(('quarter', 'half_year', 'year')))}")
            if self.chance(0.2):
                said.append(f"{k('pay', 'rounding')}: {w('rounding', self.rng.choice(MODES))}")
            self.add("pay", [f"{name}: {{{', '.join(said)}}}"], [f"{name}: {{{k('pay', 'amount')}: '1 * {self.tongue.call('coalesce')}(a, 0)'}}"])
            self.names.known.append(Known(name, "money", "person"))
        if self.chance(0.2):
            self.add("wage_floor", [f"{k('wage_floor', 'amount')}: {self.rng.choice(('50', '500'))}"])
        if self.chance(0.4):
            name = self.new("right")
            amount = f", {k('entitlement', 'amount')}: '{self.at('person').number(1)}'" if self.chance(0.5) else ""
            every = f", {k('entitlement', 'every')}: {w('period', 'year')}" if self.chance(0.2) else ""
            self.add("entitlements", [f"{name}: {{{k('entitlement', 'when')}: '{self.at('person').condition(1)}'{amount}{every}}}"])
            self.names.known.append(Known(name, "number" if amount else "flag", "person", True))

    def rules(self) -> None:
        for _ in range(self.rng.randint(0, 2)):
            level = "person" if self.chance(0.6) else self.rng.choice(list(self.names.owners))
            self.add("require", [f"- '{self.at(level).condition(1)}'"])
