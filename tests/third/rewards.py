"""Grades, honours, pay lines with their sums, and entitlements."""

from __future__ import annotations

from tests.third.measures import body, known, optional, pool, rounding, shares
from tests.third.scheme import Name, Scheme
from tests.third.tables import Table

KINDS = {"earning": "earnings", "deduction": "deductions", "employer_cost": "employer_cost"}


def grades(scheme: Scheme) -> None:
    tree = scheme.tree.get("grades")
    if tree is None:
        return
    grade = scheme.fixed("grade")
    if "shares" in tree:
        shares(scheme, grade, tree)
        return
    table = Table(body(tree))
    for output in table.outputs or (grade,):
        give = output if table.outputs else ""
        parts = {"of": scheme.node(tree["of"]), "table": table, "give": give, "when": None}
        scheme.define(Name(output, "table", parts, level="person", here="person", mode=scheme.mode))


def honors(scheme: Scheme) -> None:
    for name, tree in scheme.tree.get("honors", {}).items():
        best = tree["best_by"]
        places = tree["places"]
        said = places if isinstance(places, dict) else {"number": places}
        parts = {
            "every": tree.get("every"),
            "among": optional(scheme, tree, "among"),
            "within": scheme.level_called(tree.get("within", "everyone")),
            "best_by": [scheme.node(text) for text in ([best] if isinstance(best, str) else best)],
            "places": {
                key: scheme.node(said[key]) for key in ("share", "number", "at_least", "at_most") if key in said
            },
            "of": said.get("of"),
            "rounding": said.get("rounding", "half_up"),
            "ties": tree["ties"],
        }
        scheme.define(Name(name, "honor", parts, level="person", here="person"))
        if "award" in tree:
            award = {"honor": name, "amount": scheme.node(tree["award"]), "kind": "earning"}
            scheme.define(
                Name(
                    f"award({name})",
                    "award",
                    award,
                    level="person",
                    here="person",
                    money=True,
                    decimals=scheme.decimals,
                    mode=scheme.mode,
                )
            )


def pay(scheme: Scheme) -> None:
    lines: list[tuple[str, str]] = []
    for name, tree in scheme.tree.get("pay", {}).items():
        kind = tree.get("kind", "earning")
        lines.append((name, kind))
        parts = {key: optional(scheme, tree, key) for key in ("amount", "when", "at_least", "at_most")}
        parts |= {"every": tree.get("every"), "kind": kind}
        if "pool" in tree:
            shared = f"pool of {name}"
            pool(scheme, shared, tree)
            parts["amount"] = ("call", "sum", (("name", shared),), {"over": tree["pool"].get("to", "person")})
            if scheme.names[shared].level == "person":
                parts["amount"] = ("name", shared)
            parts["pool"] = shared
        scheme.define(
            Name(
                name, "pay", parts, level="person", here="person", money=True, **rounding(scheme, tree, scheme.decimals)
            )
        )
    lines += [(name, "earning") for name, one in scheme.names.items() if one.how == "award"]
    floor = scheme.tree.get("wage_floor")
    if not lines and floor is None:
        return
    common = {"level": "person", "here": "person", "money": True, "decimals": scheme.decimals, "mode": scheme.mode}
    shortfall = scheme.fixed("shortfall")
    if floor is not None:
        of = floor.get("of", scheme.fixed("net"))
        of = next((key for key in ("net", "earnings") if scheme.fixed(key) == of), of)
        amount = scheme.node(floor["amount"])
        anywhere = {**common, "level": None, "here": ""}
        scheme.define(Name(scheme.fixed("wage_floor"), "formula", {"is": amount, "when": None}, (amount,), **anywhere))
        scheme.define(Name(shortfall, "shortfall", {"of": of, "lines": list(lines)}, **common))
        lines.append((shortfall, "earning"))
    for kind in ("earnings", "deductions", "net", "employer_cost"):
        scheme.define(
            Name(scheme.fixed(kind), "sum", {"lines": lines, "kind": kind}, **{**common, "decimals": "exact"})
        )


def entitlements(scheme: Scheme) -> None:
    for name, tree in scheme.tree.get("entitlements", {}).items():
        level = scheme.level_called(tree["each"]) if "each" in tree else "person"
        parts = {
            "when": optional(scheme, tree, "when"),
            "amount": optional(scheme, tree, "amount"),
            "every": tree.get("every"),
        }
        amount = parts["amount"]
        type_ = tree.get("type")
        money = type_ == "money" if type_ or amount is None else amount
        scheme.define(
            Name(
                name,
                "entitlement",
                parts,
                known(parts["when"], amount),
                level=level,
                here=level,
                money=money,
                **rounding(scheme, tree),
            )
        )
