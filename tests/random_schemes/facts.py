"""Inputs of people, rows of details, groups with facts of their own, and families: what a document's data bring."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from tests.random_schemes.author import Author, Fact
from tests.random_schemes.formulas import WORDS, Known
from tests.random_schemes.measures import quantity

TEAMS, PROJECTS = ("甲", "乙", "丙"), ("P1", "P2", "P3")
NUMBER_RANGES = ((0, 9), (1, 5), (1, 12), (-3, 4), (-7, -1), (0, 1), (0, 0), (2, 2), (1, 200))
SORTS = {"boolean": "flag", "category": "word", "date": "day", "time": "moment", "key": "key", "money": "money"}
GONE = "n/a"

Wanted = Sequence[tuple[str, str, bool]]  # name, type, may be missing


def write_inputs(author: Author) -> None:
    """The facts of people."""
    author.add("inputs", [f"who: {{{author.pair('input', 'type', author.word('type', 'key'))}}}"])
    facts = [Fact("who", "key")]
    wanted = [
        ("a", "integer", False), ("b", "number", True), ("c", "money", False), ("d", "date", False), ("e", "date", True),
        ("f", "boolean", False), ("g", "boolean", True), ("h", "integer", True), ("t", "time", False), ("u", "time", True),
        ("v", "category", True), ("p", "category", False),
    ]  # fmt: skip
    for name, kind, loose in wanted:
        if name in "abh" or author.chance(0.7):
            fact, line = _fact(author, name, kind, "person", loose, WORDS if kind == "category" else ())
            author.add("inputs", [line])
            facts.append(fact)
    if author.several:
        fact, line = _fact(author, "team", "category", "person", False, TEAMS if author.chance(0.5) else ())
        author.add("inputs", [line])
        facts.append(evolve(fact, words=TEAMS))
        author.names.groups = ("team",)
        author.names.owners = {**author.names.owners, "person": ("team", "everyone"), "team": ("everyone",)}
    author.facts[""] = tuple(facts)
    if author.chance(0.1):
        author.add("data", [author.pair("data", "missing_texts", f"[{GONE}]")])


def _fact(
    author: Author, name: str, kind: str, level: str, loose: bool, words: tuple[str, ...] = ()
) -> tuple[Fact, str]:  # fmt: skip
    """An input and its line; its name joins those that formulas may read."""
    said = [author.pair("input", "type", author.word("type", kind))]
    fact = Fact(name, kind, loose=loose, words=words)
    if kind in ("integer", "number", "money"):
        places = author.pick(1, 2) if kind == "number" else 0
        low, high = author.pick((0, 900), (1, 50), (-20, 900)) if kind == "money" else author.rng.choice(NUMBER_RANGES)
        fact = evolve(fact, low=low * 10**places, high=high * 10**places, decimals=places)
        said.append(author.pair("input", "range", f"[{low}, {high}]"))
        if kind != "integer":
            said.append(author.pair("input", "decimals", places))
    if kind == "category" and words:
        said.append(author.pair("input", "one_of", f"[{', '.join(words)}]"))
    if kind in ("date", "time") and author.chance(0.4):
        said.append(author.pair("input", "range", "[2023-06-01, 2025-06-30]"))
    if loose:
        said.append(author.pair("input", "can_be_missing", author.tongue.flag(True)))
    fact, more = _reading(author, fact)
    author.know(name, SORTS.get(kind, "number"), level, loose)
    return fact, f"{name}: {{{', '.join((*said, *more))}}}"


def _reading(author: Author, fact: Fact) -> tuple[Fact, list[str]]:
    """Now and then a heading of its own, or values in another writing."""
    said = []
    if author.chance(0.08):
        fact = evolve(fact, heading=f"Column {fact.name}")
        said.append(author.pair("input", "column", fact.heading))
    if fact.loose and author.chance(0.08):
        fact = evolve(fact, gone=GONE)
        said.append(author.pair("input", "missing_texts", f"[{GONE}]"))
    if not author.chance(0.12):
        return fact, said
    match fact.kind:
        case "number":
            if author.chance(0.5):
                said.append(author.pair("input", "scale", author.word("scale", "percent")))
                return evolve(fact, writing="percent"), said
            said.append(author.pair("input", "suffix", '" pts"'))
            return evolve(fact, writing="suffix"), said
        case "integer":
            said.append(author.pair("input", "read", author.word("read", "nearest")))
        case "boolean":
            yes, no = author.tongue.flag(True), author.tongue.flag(False)
            said.append(author.pair("input", "texts", f"{{{yes}: [Yes, Y], {no}: No}}"))
            return evolve(fact, writing="words"), said
        case "date":
            said.append(author.pair("input", "written", "DD/MM/YYYY"))
            return evolve(fact, writing="days"), said
    return fact, said


# ── Further tables ────────────────────────────────────────────────────────────────────────────────


def write_details(author: Author) -> None:
    """Rows of a person, of rows, of a project and a person; groups with facts of their own."""
    if author.several and author.chance(0.6):
        _group(author, "teams", "team", [("goal", "integer", False), ("fund", "money", False), ("spare", "integer", True)])
    with_projects = author.several and author.chance(0.5)
    if with_projects:
        author.names.owners = {**author.names.owners, "project": ("everyone",)}
        _group(author, "projects", "project", [("worth", "money", False), ("done", "boolean", False)])
        author.names.groups = (*author.names.groups, "project")
    if author.chance(0.85):
        wanted = [("hours", "integer", False), ("pts", "number", True), ("kind", "category", False),
                  ("late", "boolean", True), ("day", "date", False), ("num", "integer", False)]  # fmt: skip
        _rows(author, "jobs", "who", ("person",), wanted)
        if author.chance(0.5):
            _rows(author, "visits", "jobs", ("jobs",), [("spent", "integer", False), ("rated", "integer", True)])
    if with_projects:
        _rows(author, "roles", "[who, project]", ("person", "project"), [("role_part", "integer", author.chance(0.5))])


def _facts(author: Author, level: str, wanted: Wanted) -> tuple[list[str], list[Fact]]:
    made = [_fact(author, name, kind, level, loose, WORDS if kind == "category" else ()) for name, kind, loose in wanted]
    return [line for _, line in made], [fact for fact, _ in made]


def _group(author: Author, name: str, key: str, wanted: Wanted) -> None:
    lines, facts = _facts(author, key, wanted)
    said = [f"{name}:", "  " + author.pair("data_group", "key", key), "  " + author.pair("data_group", "inputs", "")]
    plain = [*said, *(f"    {line}" for line in lines)]
    more = []
    if author.chance(0.4):
        local = author.new("of_group")
        more = ["  " + author.pair("data_group", "quantities", ""), f"    {local}: {quantity(author, author.at(key))}"]
        author.know(local, "number", key, True)
    author.add("groups", [*plain, *more], plain)
    author.facts[name] = (Fact(key, "key"), *facts)


def _rows(author: Author, name: str, belongs: str, owners: tuple[str, ...], wanted: Wanted) -> None:
    author.names.owners = {**author.names.owners, name: owners}
    lines, facts = _facts(author, name, wanted)
    plain = [f"{name}:", "  " + author.pair("details", "belongs_to", belongs)]
    keyed = name == "jobs"
    if keyed:
        plain.append("  " + author.pair("details", "key", "job"))
    if author.chance(0.2):
        plain.append("  " + author.pair("details", "without_owner", author.word("without_owner", "refuse", "leave_out")))
    plain += ["  " + author.pair("details", "inputs", ""), *(f"    {line}" for line in lines)]
    more = []
    if author.chance(0.7):
        more.append("  " + author.pair("details", "quantities", ""))
        for _ in range(author.rng.randint(1, 2)):
            local = author.new("row")
            more.append(f"    {local}: {quantity(author, author.at(name))}")
            author.know(local, "number", name, True)
    author.add("details", [*plain, *more], plain)
    author.facts[name] = (*((Fact("job", "key"),) if keyed else ()), *facts)
    author.owners[name] = owners
    if author.chance(0.4):
        chosen, where = author.new("some"), author.at(name).condition(1)
        over = author.pair("selection", "over", name)
        author.add("selections", [f"{chosen}:", f"  {over}", "  " + author.pair("selection", "where", f"'{where}'")])
        author.names.selections.append((chosen, name))


def write_family(author: Author) -> None:
    """A family with constants, an input of each member, and quantities of each."""
    if not author.chance(0.35):
        return
    name, members = author.new("fam"), ("one", "two", "tri")[: author.rng.randint(1, 3)]
    low, high = author.pick((0, 9), (1, 5), (-3, 3))
    loose = author.chance(0.5)
    plain = [f"{name}:", "  " + author.pair("family", "members", "")]
    plain += [f"    {member}: {{aim: {i * 2 + 1}}}" for i, member in enumerate(members)]
    said = [author.pair("input", "type", author.word("type", "integer")), author.pair("input", "range", f"[{low}, {high}]")]
    said += [author.pair("input", "can_be_missing", author.tongue.flag(True))] if loose else []
    plain += ["  " + author.pair("family", "inputs", ""), f"    made: {{{', '.join(said)}}}"]
    inside = [Known("made", "number", "person", loose), Known("aim", "number", "everyone")]
    local = quantity(author, author.at("person", inside))
    more = ["  " + author.pair("family", "quantities", ""), f"    got: {local}"]
    if author.chance(0.5):  # an indicator without a weight stands beside the total
        said = (("better", author.word("better", "none")), ("value", f"'{author.at('person', inside).number(1)}'"), ("score", "got"))
        said_ = ", ".join(author.pair("indicator", key, value) for key, value in said)
        more += ["  " + author.pair("family", "indicators", ""), f"    seen: {{{said_}}}"]
    author.add("repeat", [*plain, *more], plain)
    author.facts[""] += tuple(Fact(f"{m}_made", "integer", low, high, 0, loose) for m in members)
    author.names.families.append((name, (*inside, Known("got", "number", "person", True))))
    author.know(f"{members[0]}_made", "number", "person", loose)
    author.know(f"{members[0]}_got", "number", "person", True)
