"""Verdicts as JUnit writes results of tests, for the pages of a continuous integration.

Each verdict is a test case of its principle: REFUTED has failed, what nobody knows is skipped with its reason, all
others have passed. The exact word stands among its properties.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from ..base.text import escape
from ..base.words import word_in
from .verdict import ProofReport, Status, Verdict

SKIPPED = (Status.UNKNOWN, Status.INCONCLUSIVE, Status.NOT_APPLICABLE)
Lines = tuple[str, ...]


def as_junit(report: ProofReport, language: str, told: tuple[Lines, ...], names: tuple[str, ...]) -> str:
    """The document; `told` and `names` are each verdict in words, and what it is called."""
    suites = Xml.Element("testsuites")
    failures = str(report.count(Status.REFUTED))
    counts = {"tests": str(len(report.verdicts)), "failures": failures, "errors": "0"}
    skipped = str(report.count(*SKIPPED))
    suite = Xml.SubElement(suites, "testsuite", {"name": escape(report.scheme.name), **counts, "skipped": skipped})
    _properties(suite, {"periods": ", ".join(report.periods), "not_promised": ", ".join(report.not_promised)})
    for verdict, lines, name in zip(report.verdicts, told, names, strict=True):
        suite.append(_case(report, verdict, lines, name, language))
    Xml.indent(suites)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(suites, encoding="unicode")


def _case(report: ProofReport, verdict: Verdict, lines: Lines, name: str, language: str) -> Xml.Element:
    place = verdict.place
    case = Xml.Element("testcase", {
        "classname": escape(f"{report.scheme.name}.{verdict.principle}"), "name": escape(name),
        "file": escape(place.source.name), "line": str(place.line),
    })  # fmt: skip
    _properties(case, dict(_told_of(verdict)))
    grounds = escape(word_in(verdict.grounds, language))
    body = "\n".join(lines)
    if verdict.status is Status.REFUTED:
        failure = Xml.SubElement(case, "failure", {"type": verdict.status.value, "message": grounds})
        failure.text = f"\n{body}\n"
        return case
    if verdict.status in SKIPPED:
        Xml.SubElement(case, "skipped", {"message": f"{verdict.status.value}: {grounds}"})
    Xml.SubElement(case, "system-out").text = f"\n{body}\n"
    return case


def _told_of(verdict: Verdict) -> Iterator[tuple[str, str]]:
    yield "status", verdict.status.value
    yield "promise", verdict.promise
    if verdict.subject:
        yield "subject", verdict.subject
    if verdict.period:
        yield "period", verdict.period


def _properties(parent: Xml.Element, named: dict[str, str]) -> None:
    found = Xml.SubElement(parent, "properties")
    for name, value in named.items():
        Xml.SubElement(found, "property", {"name": name, "value": escape(value)})
