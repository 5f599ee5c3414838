"""Quantities and indicators: formulas, tables, and weighted means of them."""

from __future__ import annotations

from typing import Any

from tests.third.exact import number
from tests.third.formulas import Node
from tests.third.reading import Tree
from tests.third.scheme import Group, Name, Scheme
from tests.third.tables import Table
from tests.third.words import TABLE_WORDS

Names = dict[str, Node]


def rounding(scheme: Scheme, tree: dict[str, Tree], default: int | str | None = None) -> dict[str, Any]:
    """How a name is rounded: `decimals` None says that it follows from what it is."""
    said = tree.get("decimals")
    decimals = default if said is None else "exact" if said in ("exact", "精确") else int(said)
    return {"decimals": decimals, "mode": tree.get("rounding", scheme.mode)}


def body(tree: dict[str, Tree]) -> dict[str, Tree]:
    return {word: tree[word] for word in (*TABLE_WORDS, "else") if word in tree}


def optional(scheme: Scheme, tree: dict[str, Tree], key: str, names: Names | None = None) -> Node | None:
    return scheme.node(tree[key], names) if key in tree else None


def known(*nodes: Node | None) -> tuple[Node, ...]:
    return tuple(node for node in nodes if node is not None)


def quantity(scheme: Scheme, name: str, tree: Tree, level: str = "", names: Names | None = None) -> None:
    """A quantity of the scheme, or of the block of a level."""
    said: dict[str, Tree] = {"is": tree} if isinstance(tree, str) else tree
    when = optional(scheme, said, "when", names)
    common: dict[str, Any] = {"level": level or None, "here": level, **rounding(scheme, said)}
    if "range" in said:
        common["low"], common["high"] = map(number, said["range"])
    type_ = said.get("type")
    if "pool" in said:
        pool(scheme, name, said)
    elif "shares" in said:
        shares(scheme, name, said, names)
    elif "of" in said:
        of = scheme.node(said["of"], names)
        scheme.define(
            Name(
                name,
                "table",
                {"of": of, "table": Table(body(said), 1, ""), "give": "", "when": when},
                known(of, when),
                money=type_ == "money",
                **common,
            )
        )
    else:
        formula = scheme.node(said["is"], names)
        money = formula if type_ is None else type_ == "money"
        scheme.define(Name(name, "formula", {"is": formula, "when": when}, known(formula, when), money=money, **common))


def pool(scheme: Scheme, name: str, tree: dict[str, Tree]) -> None:
    """A pool, of a quantity or of a pay line. Its name is a value of those who share it."""
    said = tree["pool"]
    each = scheme.level_called(said["each"])
    to = scheme.level_called(said["to"]) if "to" in said else "person"
    parts: dict[str, Any] = {
        key: optional(scheme, said, key) for key in ("amount", "in_proportion_to", "when", "among", "at_most")
    }
    parts |= {
        "each": each,
        "to": to,
        "cents": said.get("cents", "largest_remainder"),
        "left_out": said.get("left_out", "shared"),
        "remainder": said.get("remainder", "keep"),
    }
    said_ = rounding(scheme, tree)
    parts["unit"] = scheme.decimals if said_["decimals"] is None else said_["decimals"]
    scheme.define(
        Name(
            name,
            "pool",
            parts,
            level=to,
            money=tree.get("type", "money") == "money",
            decimals="exact",
            mode=said_["mode"],
        )
    )


def shares(scheme: Scheme, name: str, tree: dict[str, Tree], names: Names | None = None) -> None:
    """Grades by rank. `name` is the grade; what else stands beside a share is a name of its own."""
    rows, limits = [], []
    for grade, said in tree["shares"].items():
        row = {"share": said} if isinstance(said, str) else said
        least, most = (int(row[word]) if word in row else None for word in ("at_least", "at_most"))
        limits.append((least, most))
        rows.append((number(row["share"]), {"": grade, **row}))
    parts = {
        "of": scheme.node(tree["of"], names),
        "within": scheme.level_called(tree.get("within", "everyone")),
        "rows": rows,
        "limits": limits,
        "ties": tree.get("ties", "refuse"),
        "rounding": tree.get("rounding", "half_up"),
    }
    beside = [word for word in rows[0][1] if word not in ("", "share", "at_least", "at_most")]
    for output in (name, *beside):
        give = "" if output == name else output
        scheme.define(Name(output, "shares", {**parts, "give": give}, level="person"))


# ── Indicators ────────────────────────────────────────────────────────────────────────────────────


def indicators(scheme: Scheme, tree: dict[str, Tree], names: Names, whole: bool = False) -> None:
    """A tree of indicators; `whole` makes the total of all that stand at the top, those of families too."""
    total = scheme.tree.get("total", {})
    for name, said in tree.items():
        _node(scheme, name, said, names, total.get("missing"))
    tops = scheme.groups.setdefault("", Group("", [], None, 0, False, []))
    tops.items += [(name, scheme.node(said["weight"], names)) for name, said in tree.items() if "weight" in said]
    if whole and tops.items:
        _group(scheme, scheme.fixed("total"), total, tops.items, total.get("missing"))
    if whole:
        _composites(scheme)


def _node(scheme: Scheme, name: str, said: dict[str, Tree], names: Names, missing: str | None) -> None:
    if "parts" in said:
        missing = said.get("missing", missing)
        for part, tree in said["parts"].items():
            _node(scheme, part, tree, names, missing)
        items = [(part, scheme.node(tree["weight"], names)) for part, tree in said["parts"].items()]
        _group(scheme, name, said, items, missing)
    else:
        _indicator(scheme, name, said, names)


def _indicator(scheme: Scheme, name: str, said: dict[str, Tree], names: Names) -> None:
    value = scheme.node(said["value"], names)
    rows = int(said["min_rows"]) if "min_rows" in said else 0
    scheme.define(
        Name(
            f"value({name})",
            "measured",
            {"is": value, "min_rows": rows},
            level="person",
            here="person",
            money=value,
            mode=scheme.mode,
        )
    )
    measured = ("call", "value", (("name", name),), {})
    common: dict[str, Any] = {"level": "person", "here": "person", **rounding(scheme, said, 4)}
    if "range" in said:
        common["low"], common["high"] = map(number, said["range"])
    if isinstance(said["score"], dict):
        table = Table(body(said["score"]))
        scheme.define(Name(name, "table", {"of": measured, "table": table, "give": "", "when": None}, **common))
    else:
        score = scheme.node(said["score"], {**names, "value": measured, "实际值": measured})
        scheme.define(Name(name, "formula", {"is": score, "when": None}, **common))


def _group(
    scheme: Scheme, name: str, said: dict[str, Tree], items: list[tuple[str, Node]], missing: str | None
) -> None:
    adjust = []
    for tree in said.get("adjust", []):
        action = next(key for key in ("set", "at_most", "at_least", "add", "multiply") if key in tree)
        adjust.append({"when": optional(scheme, tree, "when"), "action": action, "by": scheme.node(tree[action])})
    group = Group(name, items, missing, int(said.get("at_least", 0)), said.get("weights") == "relative", adjust)
    scheme.groups[name] = group
    scheme.define(Name(name, "group", {"group": group}, level="person", here="person", **rounding(scheme, said, 4)))


def _composites(scheme: Scheme) -> None:
    for name, said in scheme.tree.get("composites", {}).items():
        of = said["of"]
        items = [(one, scheme.node(weight)) for one, weight in of.items()] if isinstance(of, dict) else []
        for item in of if isinstance(of, list) else ():
            if "each" in item:
                items += [
                    (member[item["take"]][1], scheme.node(item["weight"], member))
                    for member in scheme.families[item["each"]]
                ]
            else:
                items.append((item["name"], scheme.node(item["weight"])))
        _group(scheme, name, said, items, said.get("missing", scheme.tree.get("total", {}).get("missing")))
