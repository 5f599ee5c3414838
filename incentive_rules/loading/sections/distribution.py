"""Reads grades by rank: a share of the people for each grade, best first."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ...base.diagnostics import Fix
from ...base.numbers import Rounding, read_number, show_number
from ...base.places import Place
from ...base.text import nearest
from ...base.titles import NO_TITLE, Title
from ...base.words import in_language
from ...lang.keywords import BLOCKS
from ...lang.made_names import full_name
from ...model.document import Entry, Item, Mapping, Scalar
from ...model.scheme import Distribution, Literal, Outputs, Quantity, Role, Tbd
from . import values
from .findings import LoadingLog
from .known_collections import Collections
from .names import Names
from .section import Section, clash, literal, note_hole, path_of, rounding
from .tables import KINDS, typed_constant

GRADE = ("grade", "等级")
ShareAndGrade = tuple[Literal, Outputs]


def distribution(
    names: Names, section: Section, place: Place, known: Collections, own: str = ""
) -> tuple[Quantity, ...]:
    """The quantities that grades by rank define: the grade, and one for each further output.

    An output with the name of the grade takes its place. A quantity of the scheme has a name of its `own` for the
    grade, which is defined already.
    """
    findings = section.findings
    clash(section, "shares", (*KINDS, "else"))
    reader = _Reader(findings, own or in_language(findings.language, *GRADE), section.path("shares"))
    if own and "of" not in section:
        section.lacks("of", place)
    rows = reader.rows(section)
    argument, within = section.scalar("of"), section.scalar("within")
    ties, round_ = section.choice("ties") or "refuse", rounding(section) or Rounding.HALF_UP
    found: list[Quantity] = []
    outputs = tuple(reader.outputs(section, place))
    titles = titles_of_outputs(section, [name for name, _ in outputs])
    for name, at in outputs:
        if own == name:
            at = place
        elif isinstance(at, Scalar):
            if not names.define(at):
                continue
        elif not names.define_made(name, place, "grade"):
            continue
        body: Distribution | Tbd | None = reader.hole
        if body is None and rows and argument is not None:
            body = Distribution(
                full_name(argument.text), known.resolved(within.text) if within else "everyone", rows, name,
                section.place_of("shares"), argument.place, within.place if within else None, round_, ties,
                reader.limits if any(limit != (None, None) for limit in reader.limits) else (),
            )  # fmt: skip
        title = titles.get(name) or (section.title() if name == reader.grade else NO_TITLE)
        role, stands = Role.QUANTITY if own else Role.GRADE, at.place if isinstance(at, Scalar) else at
        found.append(Quantity(name, role, body, stands, title))
    return tuple(found)


def titles_of_outputs(section: Section, outputs: list[str]) -> dict[str, Title]:
    """The titles beside a table, by the name of the output; reports each that belongs to no output."""
    said = section.titles("titles")
    for key, _ in said:
        if outputs and key.text not in outputs:
            near = nearest(key.text, outputs, 1)
            section.findings.report(
                "title-of-nothing", key.place, name=key.text, outputs=", ".join(outputs), what=section.path("titles"),
                near=near[0] if near else outputs[0],
            )  # fmt: skip
    return {key.text: title for key, title in said}


class _Reader:
    """Reads the rows of `shares`; if any cell is `tbd`, `hole` is set and the whole distribution counts as `tbd`."""

    def __init__(self, findings: LoadingLog, grade: str, what: str) -> None:
        self.findings = findings
        self.grade = grade
        self.what = what
        self.hole: Tbd | None = None
        self.limits: tuple[tuple[int | None, int | None], ...] = ()

    def rows(self, section: Section) -> tuple[ShareAndGrade, ...]:
        item = section.item("shares")
        self.hole = section.hole("shares")
        found = [self.row(entry) for entry in self.entries(item)]
        rows = tuple(row for row in found if row is not None)
        if self.hole is None and len(rows) == len(found):
            self.check(section, rows)
        return rows

    def entries(self, item: Item | None) -> tuple[Entry, ...]:
        if isinstance(item, Mapping):
            return item.entries
        if item is not None and self.hole is None:
            self.findings.wrong_forms.append(item.place)
        return ()

    def row(self, entry: Entry) -> ShareAndGrade | None:
        """The share of one grade, with the grade itself and the outputs written beside the share."""
        what = path_of(self.what, entry.key.text)
        outputs: list[tuple[str, Literal]] = []
        share: Scalar | None = None
        limits: dict[str, int | None] = {}
        if isinstance(entry.value, Scalar):
            share = entry.value
        elif isinstance(entry.value, Mapping):
            for each in entry.value.entries:
                self.in_one_language(each.key)
                if not isinstance(each.value, Scalar):
                    self.findings.wrong_forms.append(each.value.place)
                elif (own := _own(each, self.findings.language)) == "share":
                    share = each.value
                elif own:
                    limits[own] = self.limit(each.value, path_of(what, each.key.text))
                elif not self.is_hole(each.value, path_of(what, each.key.text)):
                    value = typed_constant(self.findings, each.value, path_of(what, each.key.text), None)
                    outputs.append((each.key.text, value if isinstance(value, Literal) else literal(each.value)))
        else:
            self.findings.wrong_forms.append(entry.value.place)
        if not any(name == self.grade for name, _ in outputs):
            outputs.insert(0, (self.grade, literal(entry.key)))
        if share is None or self.is_hole(share, what):
            return None
        read = values.share(self.findings, share, what)
        least, most = limits.get("at_least"), limits.get("at_most")
        if least is not None and most is not None and least > most:
            name = entry.key.text
            self.findings.report("shares-limits", entry.key.place, name=name, least=str(least), most=str(most))
        if read is None:
            return None
        self.limits = (*self.limits, (least, most))
        return literal(share), Outputs(tuple(outputs), entry.key.place)

    def in_one_language(self, key: Scalar) -> None:
        """Reports a keyword of the other language, which the check of the shape took for the name of an output."""
        field = BLOCKS["grade_share"].find(key.text, self.findings.language)
        own = key.text if field is None else field.spelling(self.findings.language)
        if own != key.text:
            self.findings.report("language-mixed", key.place, fixes=(Fix(key.place, own),), key=key.text, own=own)

    def limit(self, scalar: Scalar, what: str) -> int | None:
        """Reads a number of people; None if it is `tbd`."""
        return None if self.is_hole(scalar, what) else values.whole(self.findings, scalar, what)

    def is_hole(self, item: Scalar, what: str) -> bool:
        found = note_hole(self.findings, item, what)
        self.hole = self.hole or found
        return found is not None

    def check(self, section: Section, rows: tuple[ShareAndGrade, ...]) -> None:
        """Reports shares that do not add up to 100%, and rows with different outputs."""
        total = sum((read_number(share.text) or Fraction(0) for share, _ in rows), Fraction(0))
        if total != 1:
            self.findings.report(
                "shares-total", section.place_of("shares"), total=f"{show_number(total * 100)}%", rows=str(len(rows))
            )
        for _, outputs in rows[1:]:
            first = {name for name, _ in rows[0][1].values}
            own = {name for name, _ in outputs.values}
            if own != first:
                self.findings.report(
                    "shares-outputs", outputs.place, name=outputs.place.text, own=_listed(own), first=_listed(first)
                )

    def outputs(self, section: Section, place: Place) -> Iterator[tuple[str, Scalar | Place]]:
        """The names of the outputs, each at its first place; the grade, if no output is called so, at the section."""
        found: dict[str, Scalar | Place] = {}
        for entry in self.entries(section.item("shares")):
            for each in entry.value.entries if isinstance(entry.value, Mapping) else ():
                if not _own(each, self.findings.language):
                    found.setdefault(each.key.text, each.key)
        yield from {self.grade: found.get(self.grade, place), **found}.items()


def _own(entry: Entry, language: str) -> str:
    """The keyword of an entry in a row of shares; "" for the name of an output."""
    field = BLOCKS["grade_share"].find(entry.key.text, language)
    return field.key if field else ""


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))
