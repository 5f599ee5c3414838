"""Collects the names that a document defines: each valid, none twice, none that is taken by the language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from attrs import define, field

from ...base.diagnostics import Diagnostic, Fix, Other
from ...base.looks import in_latin, lookalike
from ...base.places import Place
from ...base.words import both
from ...lang.characters import begins_name, continues_name, name_fault
from ...lang.functions import AS_NAMES, EVERYONE, OTHERS, RESERVED_FOR_LATER
from ...lang.keywords.words import MEMBER, TBD
from ...lang.lexer import FUNCTION_NAMES, RESERVED_WORDS
from ...lang.pay import IN_ENGLISH as RESULT_NAMES
from ...model.document import Scalar
from .findings import LoadingLog


def taken_by(name: str, called: bool = False) -> str | None:
    """What the language itself uses `name` for, as a variant of `name-taken`; None if it is free.

    `called` says that the name is to be called, as tables and functions are.
    """
    if name in TBD:
        return "tbd"
    if name in RESERVED_WORDS or name in (*EVERYONE, *OTHERS):
        return "word"
    if (name in FUNCTION_NAMES and (called or name not in AS_NAMES)) or name in RESERVED_FOR_LATER:
        return "function"
    return "result" if name in RESULT_NAMES else None


def mended_name(text: str) -> str | None:
    """A valid name near to `text`: `on-time rate` becomes `on_time_rate`."""
    plain = unicodedata.normalize("NFKC", text).strip()
    joined = re.sub(r"[\s\-./·・]+", "_", plain)
    kept = "".join(c for c in joined if continues_name(c) or c == "_").strip("_")
    while kept and not begins_name(kept[0]):
        kept = kept[1:].lstrip("_")
    return kept if kept and kept != text and name_fault(kept) is None and taken_by(kept) is None else None


def _script(character: str) -> tuple[str, str]:
    """The script of a letter, as people call it."""
    name = unicodedata.name(character, "")
    known = {"CYRILLIC": ("Cyrillic", "西里尔"), "GREEK": ("Greek", "希腊")}
    return known.get(name.split(" ")[0], ("another script", "其他文字的"))


def report_alike(findings: LoadingLog, place: Place, name: str, first: str, at: Place | None) -> None:
    """Reports a name, or a word, that looks like the `first` one."""
    one, other = lookalike(name, first) or (name[0], first[0])
    findings.report(
        "name-alike", place, others=() if at is None else (Other(at),), name=name, first=first, one=one, other=other,
        script_word=both(*_script(max(one, other))),
    )  # fmt: skip


@define
class Names:
    """The names defined so far, with the place of each."""

    findings: LoadingLog
    places: dict[str, Place] = field(factory=dict)
    looks: dict[str, str] = field(factory=dict)  # what each name looks like, and the first that does

    def __contains__(self, name: str) -> bool:
        return name in self.places

    def define(self, key: Scalar, called: bool = False) -> bool:
        """Defines the name `key`; False, and reported, if it exists already.

        An invalid name is reported and defined all the same.
        """
        name = key.text
        if name in self.places:
            others = (Other(self.places[name], f"`{name}`"),)
            self.findings.report("name-twice", key.place, others=others, name=name)
            return False
        self.check(key, called)
        self.look(key)
        self.places[name] = key.place
        return True

    def define_made(self, name: str, place: Place, variant: str) -> bool:
        """Defines a name that loading makes (`<member>_<local>`, a result); False, and reported, if it exists."""
        if name in self.places:
            self.findings.report(
                "name-twice", place, variant, others=(Other(self.places[name], f"`{name}`"),), name=name
            )
            return False
        self.places[name] = place
        return True

    def look(self, key: Scalar) -> None:
        """Reports a name that nobody can tell from another one: a Cyrillic `сар` beside `cap`."""
        name = key.text
        first = self.looks.setdefault(in_latin(name), name)
        if first == name or name_fault(name) is not None:  # an invalid name was reported, wide letters among them
            return
        report_alike(self.findings, key.place, name, first, self.places.get(first))

    def check(self, key: Scalar, called: bool = False) -> bool:
        """Whether `key` may be a name at all; reported if not."""
        name = key.text
        fault = name_fault(name)
        if fault is not None:
            mended = fault.replacement or mended_name(name)
            variant = fault.variant or ("digit" if name[:1].isdigit() else "") or ("mended" if mended else "")
            # Only a change of form keeps the uses of the name in formulas alive.
            fixes = (Fix(key.place, fault.replacement),) if fault.replacement is not None else ()
            params = {**fault.params, "name": name, "mended": mended or "…"}
            self.findings.diagnostics.append(Diagnostic("name-invalid", key.place, params, variant, fixes=fixes))
            return False
        taken = taken_by(name, called)
        if taken is not None:
            self.findings.report("name-taken", key.place, taken, name=name)
        return taken is None

    def check_locals(self, keys: Iterable[Scalar], inside: str) -> None:
        """Reports local names (arguments, constants of members) that are invalid, defined twice, or known outside."""
        seen: dict[str, Place] = {}
        for key in keys:
            if key.text in seen:
                self.findings.report(
                    "name-twice", key.place, others=(Other(seen[key.text], f"`{key.text}`"),), name=key.text
                )
            seen.setdefault(key.text, key.place)
            self.look(key)
            if key.text in MEMBER:
                self.findings.report("name-taken", key.place, "member", name=key.text)
            elif self.check(key):
                self.shadows.append((key, inside))

    shadows: list[tuple[Scalar, str]] = field(factory=list)

    def report_shadows(self) -> None:
        """Reports local names that hide a name of the document; called when all names are known."""
        for key, inside in self.shadows:
            if key.text in self.places:
                others = (Other(self.places[key.text], f"`{key.text}`"),)
                self.findings.report("name-shadows", key.place, others=others, name=key.text, inside=inside)
