"""Honours and pools: what several people share, or have a place in."""

from __future__ import annotations

from tests.random_schemes.author import MODES, Author


def write_sharing(author: Author) -> None:
    if not author.several:
        return
    if author.chance(0.5):
        _honor(author)
    for _ in range(author.rng.randint(0, 2)):
        _pool(author)


def _honor(author: Author) -> None:
    name = author.new("star")
    keys = [f"'{author.at().number(1)}'" for _ in range(author.rng.randint(1, 2))]
    said = [author.pair("honor", "within", author.pick("team", author.tongue.own("everyone")))]
    said.append(author.pair("honor", "best_by", f"[{', '.join(keys)}]" if author.chance(0.8) else keys[0]))
    said.append(author.pair("honor", "places", author.pick("1", "2", "0", _places(author), _places(author))))
    said.append(author.pair("honor", "ties", author.word("ties", "all", "none", "all", "none", "refuse")))
    if author.chance(0.6):
        said.append(author.pair("honor", "among", f"'{author.at().condition(1)}'"))
    if author.chance(0.15):
        said.append(author.pair("honor", "empty_places", author.word("empty_places", "stay_empty")))
    if author.chance(0.2):
        said.append(author.pair("honor", "every", author.word("period", "month", "quarter", "half_year", "year")))
    award = author.chance(0.6)
    if award:
        said.append(author.pair("honor", "award", f"'{author.pick('1000', '100 * 1.5', '333.33')}'"))
    author.add("honors", [f"{name}:", *(f"  {line}" for line in said)])
    author.know(name, "flag")
    if award:
        author.know(f"{author.tongue.own('award')}({name})", "money")


def _places(author: Author) -> str:
    if author.chance(0.3):
        said = [author.pair("places", "number", f"'{author.pick('3', '1 + 1')}'")]
    else:
        said = [author.pair("places", "share", author.pick("5%", "40%")),
                author.pair("places", "of", author.word("places_of", "eligible", "group"))]  # fmt: skip
        if author.chance(0.6):
            said.append(author.pair("places", "rounding", author.word("rounding", *MODES)))
    if author.chance(0.5):
        said.append(author.pair("places", "at_least", 1))
    if author.chance(0.3):
        said.append(author.pair("places", "at_most", author.pick(1, 2)))
    return f"{{{', '.join(said)}}}"


def _pool(author: Author) -> None:
    name = author.new("pool")
    each = author.pick(author.tongue.own("everyone"), "team", *(("project",) if "roles" in author.names.owners else ()))
    level = "everyone" if each not in ("team", "project") else each
    to = "roles" if each == "project" else "jobs" if "jobs" in author.names.owners and author.chance(0.25) else ""
    of_quantity = author.chance(0.3)
    if level == "everyone" and of_quantity and author.chance(0.5):
        to = "team"
    sharers = to or "person"
    amount = author.pick("1000.01", "100", "0", "7.77", author.at(level).money(1))
    amount = f"{author.tongue.call('max')}(0, {amount})" if author.chance(0.3) else amount
    weight = author.at(sharers).number(1)
    weight = author.pick(weight, f"{author.tongue.call('max')}(0, {weight})", "1", "0")
    said = [author.pair("pool", "each", each), author.pair("pool", "amount", f"'{amount}'"),
            author.pair("pool", "in_proportion_to", f"'{weight}'")]  # fmt: skip
    if to:
        said.append(author.pair("pool", "to", to))
    if author.chance(0.7):
        cents = author.word("cents", "largest_remainder", "webster", "keep_remainder")
        said.append(author.pair("pool", "cents", cents))
    if author.chance(0.3):
        said.append(author.pair("pool", "when", f"'{author.at(level).condition(1)}'"))
    if author.chance(0.4):
        said.append(author.pair("pool", "among", f"'{author.at(sharers).condition(1)}'"))
        said.append(author.pair("pool", "left_out", author.word("left_out", "shared", "kept")))
    if author.chance(0.3):
        said.append(author.pair("pool", "at_most", f"'{author.pick('100', '3.33', '0', '400')}'"))
    if author.chance(0.2):
        said.append(author.pair("pool", "remainder", author.word("remainder", "keep", "keep", "refuse")))
    block = "quantity" if of_quantity else "pay"
    lines = [f"{name}:", "  " + author.pair(block, "pool", ""), *(f"    {line}" for line in said)]
    if of_quantity:
        lines.append("  " + author.pair("quantity", "type", author.word("quantity_type", "money")))
        author.add("quantities", lines)
        author.know(name, "money", sharers)
    else:
        author.add("pay", lines)
        author.know(name, "money")
