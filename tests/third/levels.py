"""Where a name stands, and whether it is money: both follow from what it reads (`docs/explanation/levels.md`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.third.formulas import Node, replaced
from tests.third.reading import Unknown
from tests.third.scheme import Name, Scheme
from tests.third.words import OWN

AGGREGATES = ("count", "sum", "mean", "share", "best", "latest", "percentile", "rank", "variance", "running")
OF_MONEY = (
    "min",
    "max",
    "clamp",
    "coalesce",
    "abs",
    "round",
    "floor",
    "ceil",
    "trunc",
    "sum",
    "mean",
    "best",
    "latest",
    "percentile",
    "running",
)


def is_aggregate(node: Node) -> bool:
    """Whether a call runs over rows: `min` and `max` do with one argument."""
    return node[1] in AGGREGATES or (node[1] in ("min", "max") and len(node[2]) == 1)


@dataclass
class Source:
    """What an aggregate runs over: rows of a level, `others`, or formulas that are written out."""

    level: str
    others: bool = False
    where: Node | None = None
    written: list[dict[str, Node]] | None = None
    said: bool = True


@dataclass
class Levels:
    """Answers for the names of a scheme."""

    scheme: Scheme
    found: dict[str, str] = field(default_factory=dict)
    money: dict[str, bool] = field(default_factory=dict)
    _above: dict[str, set[str]] = field(default_factory=dict)

    def name(self, name: str) -> Name:
        found = self.scheme.names.get(name) or self.scheme.names.get(OWN.get(name, ""))
        if found is None:
            raise Unknown(f"name {name}")
        return found

    def above(self, level: str) -> set[str]:
        """The level and all above it."""
        if level not in self._above:
            found = {level, "everyone"}
            for owner in self.scheme.owners[level]:
                found |= self.above(owner)
            self._above[level] = found
        return self._above[level]

    def coarsest(self, levels: Iterable[str]) -> str:
        """The coarsest level from which all of these can be seen."""
        wanted = {"everyone", *levels}
        able = [level for level in self.scheme.owners if wanted <= self.above(level)]
        best = [one for one in able if not any(other != one and other in self.above(one) for other in able)]
        if len(best) != 1:
            raise Unknown(f"a level below {sorted(wanted)}")
        return best[0]

    def of(self, name: str) -> str:
        """The level of a name."""
        one = self.name(name)
        if one.level is not None:
            return one.level
        if one.name not in self.found:
            if not one.here:
                one.here = self._stands(one)
            self.found[one.name] = self.coarsest(level for node in one.reads for level in self.read(node, one.here))
        return self.found[one.name]

    def _stands(self, one: Name) -> str:
        """Where a formula stands by what it reads beside its aggregates, if these gather to it; marked, for few do.

        Rows of details gather to a row of details above them, people to a group where the formula does not say which;
        else rows gather to the person, and people are all of them.
        """
        calls = [node for node in calls_in(list(one.reads)) if is_aggregate(node) and "within" not in node[3]]
        sources = [(node, self.source(node, "")) for node in calls if node[1] not in ("rank", "running")]
        details = self.scheme.tree.get("details", {})
        rows = [node for node, source in sources if source.level in details]
        people = [
            node for node, source in sources if source.level == "person" and not source.said and source.written is None
        ]
        rest = self._beside(one, rows)
        if rows and rest in details:
            return f"~{rest}"
        rest = self._beside(one, people)
        return f"~{rest}" if people and rest not in ("person", "everyone") and rest in self.above("person") else ""

    def _beside(self, one: Name, calls: list[Node]) -> str:
        return self.coarsest(level for node in one.reads for level in self.read(without(node, calls), ""))

    def is_key(self, name: str, level: str) -> bool:
        """Whether a name, read at a group, is that of its key."""
        return name == level and level not in ("person", "everyone", *self.scheme.tree.get("details", {}))

    def read(self, node: Any, here: str) -> set[str]:
        """The levels that a formula reads, written at `here`."""
        if isinstance(node, list) or (isinstance(node, tuple) and node and isinstance(node[0], tuple)):
            return {level for one in node for level in self.read(one, here)}
        if not isinstance(node, tuple) or not node:
            return set()
        if node[0] == "name":
            return {here if self.is_key(node[1], here) else self.of(node[1])}
        if node[0] != "call":
            return {level for one in node[1:] for level in self.read(one, here)}
        if node[1] in ("value", "award"):
            return {"person"}
        if is_aggregate(node):
            return self._aggregate(node, here)
        return {level for one in node[2] for level in self.read(one, here)}

    def _aggregate(self, node: Node, here: str) -> set[str]:
        # How many values `best` takes is read outside the rows.
        beside = self.read(node[3]["n"], here) if "n" in node[3] else set()
        return beside | self._gathered(node, here)

    def _gathered(self, node: Node, here: str) -> set[str]:
        source = self.source(node, here)
        if source.written is not None:
            said = [*node[2], source.where, node[3].get("where")]
            members = {"person"} if names_in(said) & set(source.written[0]) else set()
            written = [replaced(one, names) for names in source.written for one in said]
            return members | {level for one in written for level in self.read(one, here)}
        if node[1] in ("rank", "running"):
            return {source.level}
        return {"person" if source.others else self.target(node, source, here)}

    # ── aggregates ───────────────────────────────────────────────────────────────────────────────

    def source(self, node: Node, here: str) -> Source:
        over = node[3].get("over")
        if over is None:
            return self._found_source(node, here)
        where = None
        if over in self.scheme.selections:
            over, where = self.scheme.selections[over]
        own = OWN.get(over, over)
        if over in self.scheme.families:
            members = [{**one, over: ("name", over)} for one in self.scheme.families[over]]
            return Source("person", where=where, written=members)
        if over in self.scheme.groups:
            parts: list[dict[str, Node]] = [
                {"part": ("name", one), "分项": ("name", one), over: ("name", over)}
                for one, _ in self.scheme.groups[over].items
            ]
            return Source("person", where=where, written=parts)
        if own == "everyone":
            return Source("person", where=where)
        if own == "others":
            return Source("person", others=True, where=where)
        return Source(self.scheme.level_called(over), where=where)

    def _found_source(self, node: Node, here: str) -> Source:
        """The rows of a formula that does not say them: those whose names it reads."""
        options = (value for key, value in node[3].items() if key != "n" and not isinstance(value, str))
        arguments = [*node[2], *options]
        names = {one for argument in arguments for one in names_in(argument)}
        for members in self.scheme.families.values():
            if names & set(members[0]) - set(self.scheme.names):
                return Source("person", written=members, said=False)
        read = {level for argument in arguments for level in self.read(argument, here)}
        level = self.coarsest(read)
        if level == "everyone":
            level = here.removeprefix("~") or "person"
            if node[1] == "rank" and level in self.scheme.tree.get("details", {}):
                level = "person"  # a rank of what is the same for everybody is one of people
        return Source(level, said=False)

    def target(self, node: Node, source: Source, here: str) -> str:
        """The level to which an aggregate leads."""
        within = node[3].get("within")
        if within is not None:
            return self.scheme.level_called(within)
        if source.level not in self.scheme.tree.get("details", {}):
            inside = here.removeprefix("~")
            gathers = inside in self.scheme.owners and inside != "person" and inside in self.above("person")
            return inside if source.level == "person" and not source.said and gathers else "everyone"
        if here and here != source.level and here in self.above(source.level):
            return here
        if here.startswith("~"):
            stands = here.removeprefix("~")
            if stands in self.scheme.tree["details"] and stands != source.level and stands in self.above(source.level):
                return stands
            here = ""
        if not here and "person" in self.above(source.level):
            return "person"
        return self.scheme.owners[source.level][0]

    # ── money ────────────────────────────────────────────────────────────────────────────────────

    def is_money(self, name: str) -> bool:
        one = self.name(name)
        if isinstance(one.money, bool):
            return one.money
        if one.name not in self.money:
            self.money[one.name] = False  # a name never reads itself
            self.money[one.name] = self.gives_money(one.money)
        return self.money[one.name]

    def gives_money(self, node: Node) -> bool:
        match node[0]:
            case "name":
                return self.is_money(node[1])
            case "inlined":
                return self.gives_money(node[1])
            case "sign" | "sum":
                return any(self.gives_money(one) for one in node[2:])
            case "product":
                left, right = self.gives_money(node[2]), self.gives_money(node[3])
                return left != right if node[1] == "*" else left and not right
            case "power":
                return node[2] == 1 and self.gives_money(node[1])
            case "if":
                return self.gives_money(node[1]) or self.gives_money(node[3])
            case "call":
                return self._call_gives_money(node)
        return False

    def _call_gives_money(self, node: Node) -> bool:
        name, arguments = node[1], node[2]
        if name in self.scheme.tables:
            return self.scheme.tables[name].type == "money"
        if name == "value":
            return self.is_money(f"value({arguments[0][1]})")
        if name == "award":
            return True
        if name == "ratio":
            return self.gives_money(arguments[0]) and not self.gives_money(arguments[1])
        if name not in OF_MONEY:
            return False
        if is_aggregate(node):
            source = self.source(node, "")
            if source.written:
                return self.gives_money(replaced(arguments[0], source.written[0]))
            return self.gives_money(arguments[0])
        return any(self.gives_money(one) for one in (arguments[:1] if name == "round" else arguments))


def names_in(node: Any) -> set[str]:
    if isinstance(node, tuple) and node and node[0] == "name":
        return {node[1]}
    if isinstance(node, dict):
        return {name for one in node.values() for name in names_in(one)}
    if isinstance(node, (tuple, list)):
        return {name for one in node for name in names_in(one)}
    return set()


def calls_in(node: Any) -> list[Node]:
    """The calls of a tree, outermost first."""
    if isinstance(node, dict):
        return [call for one in node.values() for call in calls_in(one)]
    if not isinstance(node, (tuple, list)):
        return []
    found = [tuple(node)] if len(node) == 4 and node[0] == "call" else []
    return found + [call for one in node for call in calls_in(one)]


def without(node: Any, calls: list[Node]) -> Any:
    """The tree with missing in place of these calls."""
    if any(node == call for call in calls):
        return ("missing",)
    if isinstance(node, (tuple, list)):
        return type(node)(without(one, calls) for one in node)
    return node
