"""Reads inputs: the facts that the data bring, how each is read, and the defaults of all."""

from __future__ import annotations

import re

from ...base.diagnostics import Other
from ...base.looks import in_latin, lookalike
from ...base.numbers import read_number
from ...base.text import MOST_LISTED, bare, composed, listed, nearest
from ...lang.keywords.words import FLAGS, TYPE
from ...lang.made_names import full_name
from ...model.document import Entry, Item, Scalar, Sequence
from ...model.scheme import Input, Literal
from . import values
from .findings import LoadingLog
from .names import Names, report_alike
from .section import Section, entries_of, literal, note_hole, open_block
from .values import NUMERIC_TYPES

RANGED = (*NUMERIC_TYPES, "date", "time")
Spellings = tuple[tuple[str, tuple[str, ...]], ...]  # value and the texts that mean it
FLAGS_AS_TEXT = {text: str(value).lower() for text, value in FLAGS.items()}

# What has a meaning for some types only; anything else may be said of every input.
_ONLY_FOR = {
    "range": RANGED,
    "decimals": ("number", "money"),
    "one_of": ("category",),
    "texts": ("category", "boolean"),
    "suffix": NUMERIC_TYPES,
    "scale": NUMERIC_TYPES,
    "read": NUMERIC_TYPES,
    "unit": NUMERIC_TYPES,
    "written": ("date", "time"),
    "carried_from": tuple(w.english for w in TYPE.words if w.english != "key"),
}


def inputs(findings: LoadingLog, names: Names, item: Item | None, missing_texts: tuple[str, ...]) -> tuple[Input, ...]:
    """Reads the inputs of one table, each a new name."""
    found = [
        one_input(findings, entry, missing_texts) for entry in entries_of(findings, item) if names.define(entry.key)
    ]
    return tuple(found)


def inputs_of_rows(
    findings: LoadingLog, names: Names, section: Section, missing_texts: tuple[str, ...]
) -> tuple[Input, ...]:
    """Reads the inputs of details or groups; none may be carried over, as inputs of people may."""
    for entry in section.named("inputs"):
        row = open_block(findings, entry.value, "input", entry.key.text)
        if row is not None and "carried_from" in row:
            findings.report(
                "key-useless", row.place_of("carried_from"), "rows", name=entry.key.text, key=row.word("carried_from")
            )
    return inputs(findings, names, section.item("inputs"), missing_texts)


def one_input(
    findings: LoadingLog, entry: Entry, missing_texts: tuple[str, ...], constants: frozenset[str] = frozenset()
) -> Input:
    """Reads one input; `constants` are names that may stand for the ends of its range."""
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
    carried = section.scalar("carried_from")
    titled = section.titles("one_of")
    one_of = tuple(literal(word) for word, _ in titled) or section.literals("one_of")
    texts = _texts(section, type_, one_of)
    missing = _missing_texts(section, missing_texts)
    _no_number(section)
    _alike(section.findings, one_of)
    _no_value_is_missing(section, type_, one_of, texts, missing)
    return Input(
        name, type_, place, low, high, decimals, one_of, bool(section.flag("can_be_missing")),
        section.text("column"), missing, texts, section.text("suffix"), section.choice("scale") == "percent",
        section.choice("read") == "nearest",
        section.text("unit") or None, section.title(), full_name(carried.text) if carried else None,
        _first(section, type_, low, high, one_of), carried.place if carried else None, _written(section, type_),
        tuple((as_read(word.text), title) for word, title in titled if title),
    )  # fmt: skip


def _first(
    section: Section, type_: str, low: Literal | None, high: Literal | None, one_of: tuple[Literal, ...]
) -> Literal | None:
    """Reads the value of a carried input for people without an earlier record: a constant that the input may have."""
    found = section.scalar("first")
    if found is None:
        return None
    if "carried_from" not in section:
        section.lacks("carried_from", section.place_of("first"))
    what, good = section.path("first"), True
    if values.is_missing(found):
        if not section.flag("can_be_missing"):
            section.findings.report("first-outside", found.place, "missing", what=what, text=found.text)
        return literal(found)
    if type_ in NUMERIC_TYPES:
        number = values.number(section.findings, found, what)
        ends_ = [read_number(end.text) if end else None for end in (low, high)]
        good = number is not None
        outside = number is not None and any(
            end is not None and (number < end if i == 0 else number > end) for i, end in enumerate(ends_)
        )
    else:
        words = {as_read(word.text) for word in one_of}
        outside = type_ == "category" and bool(words) and as_read(found.text) not in words
    if type_ == "boolean":
        good = values.flag(section.findings, found, what) is not None
    elif type_ == "date" or (type_ == "time" and not values.is_time(found.text)):
        good = values.day(section.findings, found, what) is not None
    if outside:
        key = "range" if type_ in NUMERIC_TYPES else "one_of"
        section.findings.report(
            "first-outside", found.place, what=what, text=found.text, key=section.word(key),
            others=(Other(section.place_of(key)),),
        )  # fmt: skip
    return literal(found) if good else None


_NUMBER_TAIL = re.compile(r"[0-9.]*[0-9][0-9.]*", re.ASCII)
_LETTERS = {"date": ("YYYY", "MM", "DD"), "time": ("YYYY", "MM", "DD", "hh", "mm")}
_RUNS = re.compile(r"YYYY|MM|DD|hh|mm")


def _written(section: Section, type_: str) -> str:
    """Reads the form of dates and times in the data: each of its letters once, separators between them."""
    found = section.scalar("written")
    if found is None or type_ not in _LETTERS:
        return ""
    letters = _RUNS.findall(found.text)
    strange = re.search("[A-Za-z0-9]+", _RUNS.sub(" ", found.text))
    twice = next((x for x in letters if letters.count(x) > 1), "")
    lacking = [x for x in _LETTERS[type_] if x not in letters]
    extra = next((x for x in letters if x not in _LETTERS[type_]), "")
    example = "DD-MM-YYYY" if type_ == "date" else "DD-MM-YYYY hh:mm"
    variant = "letter" if strange else "twice" if twice else "extra" if extra else "" if lacking else None
    if variant is None:
        return found.text
    section.findings.report(
        "written-wrong", found.place, variant, what=section.path("written"), text=found.text, example=example,
        part=strange[0] if strange else twice or extra or " ".join(lacking),
    )  # fmt: skip
    return ""


def ends(
    section: Section, type_: str, constants: frozenset[str] = frozenset()
) -> tuple[Literal | None, Literal | None]:
    """Reads both ends of a `range:`, each of the type of the input."""
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


def _texts(section: Section, type_: str, one_of: tuple[Literal, ...]) -> Spellings:
    """Reads `texts:`: each value with the texts that mean it; the values of a flag are `true` and `false`.

    A value is one of the words, if these are listed; a text that is itself a word means that word.
    """
    words = {as_read(word.text): word.text for word in one_of}
    meant_by = FLAGS_AS_TEXT if type_ == "boolean" else {word: word for word in words}
    meant_by = meant_by or {as_read(entry.key.text): as_read(entry.key.text) for entry in section.named("texts")}
    found: list[tuple[str, tuple[str, ...]]] = []
    owners: dict[str, Scalar] = {}
    for entry in section.named("texts"):
        value = as_read(entry.key.text)
        if type_ == "boolean":
            meant = values.flag(section.findings, entry.key, section.path("texts"))
            value = "" if meant is None else str(meant).lower()
        elif words and value not in words:
            near = "".join(nearest(value, words, 1))
            section.findings.report(
                "text-outside", entry.key.place, "near" if near else "", name=section.owner, text=value, near=near,
                words=listed((f"`{word}`" for word in words.values()), MOST_LISTED), key=section.word("one_of"),
            )  # fmt: skip
        items = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
        texts = [i for i in items if isinstance(i, Scalar)]
        for text in texts:
            read = as_read(text.text)
            if not read and note_hole(section.findings, text, section.path("texts")) is None:
                section.findings.report("text-twice", text.place, "empty", name=section.owner, value=value)
                continue
            if read in owners:
                other = Other(owners[read].place, f"`{owners[read].text}`")
                section.findings.report("text-twice", text.place, others=(other,), name=section.owner, text=text.text)
            owners.setdefault(read, text)
            own = meant_by.get(read, value)
            if value and own != value:
                section.findings.report("text-twice", text.place, "word", name=section.owner, text=text.text, value=own)
        found.append((value, tuple(as_read(t.text) for t in texts)))
    return tuple(found)


def as_read(text: str) -> str:
    """A text of the scheme as a cell of the data is read: without blanks around it, its letters composed."""
    return bare(composed(text))


def _no_number(section: Section) -> None:
    """Reports a suffix that may be the end of the number before it."""
    found = section.scalar("suffix")
    if found is not None and _NUMBER_TAIL.fullmatch(found.text.strip()):
        section.findings.report("suffix-number", found.place, name=section.owner, text=found.text.strip())


def _missing_texts(section: Section, of_all: tuple[str, ...]) -> tuple[str, ...]:
    """Reads the texts that mean: missing. A list of the input's own, even an empty one, replaces that of all."""
    if "missing_texts" not in section:
        return of_all
    return tuple(as_read(text.text) for text in section.literals("missing_texts"))


def _alike(findings: LoadingLog, one_of: tuple[Literal, ...]) -> None:
    """Reports words of a category that nobody can tell from one another."""
    seen: dict[str, Literal] = {}
    for word in one_of:
        first = seen.setdefault(in_latin(word.text), word)
        if first.text != word.text and lookalike(word.text, first.text):
            report_alike(findings, word.place, word.text, first.text, first.place)


def _no_value_is_missing(
    section: Section, type_: str, one_of: tuple[Literal, ...], texts: Spellings, missing: tuple[str, ...]
) -> None:
    """Reports each text that means both a value of the input and a missing value."""
    spelled = {text: value for value, own in texts for text in own}
    spoken = {value for value, _ in texts}
    words = [as_read(one.text) for one in one_of]
    meant = {**spelled, **{word: word for word in words if word not in spoken}}
    if type_ == "boolean":
        meant = {**FLAGS_AS_TEXT, **meant}
    own = {as_read(literal_.text): literal_.place for literal_ in section.literals("missing_texts")}
    for text in missing:
        if text in meant:
            place = own.get(text) or section.place_of("texts" if text in spelled else "one_of")
            section.findings.report(
                "text-twice", place, "missing" if text in own else "missing-all",
                name=section.owner, text=text, value=meant[text], key=section.word("missing_texts"),
            )  # fmt: skip


def check_keys(findings: LoadingLog, found: tuple[Input, ...], item: Item | None) -> None:
    """Reports inputs of which not exactly one is the key of people."""
    keys = [i for i in found if i.type == "key"]
    if item is None or any(not i.type for i in found):
        return  # reported with the shape
    if not keys:
        findings.report("key-input", item.place)
    for extra in keys[1:]:
        findings.report(
            "key-input", extra.place, "twice", others=(Other(keys[0].place, f"`{keys[0].name}`"),), name=extra.name
        )
