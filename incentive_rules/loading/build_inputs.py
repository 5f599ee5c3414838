"""Inputs: the facts that the data bring, how each is read, and the defaults of all."""

from __future__ import annotations

from ..base.diagnostics import Other
from ..lang.keywords.words import TYPE
from ..model.document import Entry, Item, Scalar, Sequence
from ..model.scheme import Input, Literal
from . import values
from .fields import Section, entries_of, literal, note_hole, open_block
from .findings import Findings
from .names import Names

NUMERIC = ("number", "integer", "money")
RANGED = (*NUMERIC, "date", "time")

# What has a meaning for some types only; anything else may be said of every input.
_ONLY_FOR = {
    "range": RANGED,
    "decimals": ("number", "money"),
    "one_of": ("category",),
    "texts": ("category", "boolean"),
    "suffix": NUMERIC,
    "scale": NUMERIC,
    "read": NUMERIC,
}


def inputs(findings: Findings, names: Names, item: Item | None, missing_texts: tuple[str, ...]) -> tuple[Input, ...]:
    """The inputs of one table, each under a new name."""
    found = [
        one_input(findings, entry, missing_texts) for entry in entries_of(findings, item) if names.define(entry.key)
    ]
    return tuple(found)


def one_input(
    findings: Findings, entry: Entry, missing_texts: tuple[str, ...], constants: frozenset[str] = frozenset()
) -> Input:
    """One input; `constants` are names that may stand for the ends of its range."""
    name, place = entry.key.text, entry.key.place
    section = open_block(findings, entry.value, "input", name)
    if section is None:
        return Input(name, "", place)
    type_ = section.choice("type") or ""
    for key, types in _ONLY_FOR.items():
        if key in section and type_ and type_ not in types:
            word = next(w for w in TYPE.words if w.english == type_).spelling(findings.language)
            findings.report("key-useless", section.place_of(key), name=name, key=section.word(key), type=word)
    before = len(findings.diagnostics)
    low, high = ends(section, type_, constants) if type_ in RANGED else (None, None)
    decimals = section.whole("decimals") if "decimals" in section else None
    if decimals is not None and decimals > 15:
        scalar = section.scalar("decimals")
        if scalar is not None:
            values.decimals(findings, scalar, section.path("decimals"))
        decimals = None
    half = "range" in section and (low is None or high is None)
    if half or len(findings.diagnostics) > before:
        type_ = ""  # a range that is open or was reported makes the input unknown: its uses are no errors of their own
    return Input(
        name, type_, place, low, high, decimals, section.literals("one_of"), bool(section.flag("can_be_missing")),
        section.text("column"), (*missing_texts, *(t.text for t in section.literals("missing_texts"))),
        _texts(section, type_), section.text("suffix"), section.choice("scale") == "percent",
        section.choice("read") == "nearest",
        section.text("unit") or None, section.text("title"), section.text("carried_from") or None,
    )  # fmt: skip


def ends(
    section: Section, type_: str, constants: frozenset[str] = frozenset()
) -> tuple[Literal | None, Literal | None]:
    """Both ends of a `range:`, each of the input's type."""
    item = section.item("range")
    if item is None or section.hole("range") or not isinstance(item, Sequence) or len(item.items) != 2:
        return None, None
    low, high = (_end(section, i, type_, constants) for i in item.items)
    return low, high


def _end(section: Section, item: Item, type_: str, constants: frozenset[str]) -> Literal | None:
    if not isinstance(item, Scalar) or note_hole(section.findings, item, section.path("range")) is not None:
        return None
    if item.text in constants:
        return literal(item)
    what = section.path("range")
    if type_ == "date":
        return literal(item) if values.day(section.findings, item, what) else None
    if type_ == "time":
        good = values.is_time(item.text) or values.day(section.findings, item, what) is not None
        return literal(item) if good else None
    good = values.number(section.findings, item, what) is not None
    return Literal(item.text, item.place) if good else None


def _texts(section: Section, type_: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Value and the texts that mean it; the values of a flag are `true` and `false`."""
    found: list[tuple[str, tuple[str, ...]]] = []
    owners: dict[str, Scalar] = {}
    for entry in section.named("texts"):
        value = entry.key.text
        if type_ == "boolean":
            meant = values.flag(section.findings, entry.key, section.path("texts"))
            value = "" if meant is None else str(meant).lower()
        items = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
        texts = [i for i in items if isinstance(i, Scalar)]
        for text in texts:
            if text.text in owners:
                other = Other(owners[text.text].place, f"`{text.text}`")
                section.findings.report("text-twice", text.place, others=(other,), name=section.owner, text=text.text)
            owners.setdefault(text.text, text)
        found.append((value, tuple(t.text for t in texts)))
    return tuple(found)


def check_keys(findings: Findings, found: tuple[Input, ...], item: Item | None) -> None:
    """Exactly one input tells people apart."""
    keys = [i for i in found if i.type == "key"]
    if item is None or any(not i.type for i in found):
        return  # reported with the shape
    if not keys:
        findings.report("key-input", item.place)
    for extra in keys[1:]:
        findings.report(
            "key-input", extra.place, "twice", others=(Other(keys[0].place, f"`{keys[0].name}`"),), name=extra.name
        )
