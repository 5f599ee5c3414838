"""Collects scheme files for pytest: one test for each promise and each example of a scheme, and one for its check.

    pytest                                  # every scheme below this folder
    pytest team.yaml::better_never_pays_less
    pytest --strict-promises                # what nobody can decide fails as well

A YAML file is a scheme where it says `format:` and `scheme:` (格式, 方案) at its top level; `incentive_rules_files` in
pytest's configuration names other patterns, and then these files alone are schemes, whatever they hold.
`-p no:incentive_rules` turns all this off. The library is imported when the first scheme is collected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .model.promises import Promise
    from .model.report import ExampleOutcome, Report, TestReport
    from .model.verdict import ProofReport, Verdict

FILES = "incentive_rules_files"
STRICT = "incentive_rules_strict"
YAML = (".yaml", ".yml")
KEPT = ".counterexamples.yaml"  # beside a scheme, and no scheme
MOST_BYTES = 1 << 16  # in which the top level has to say that it is one
SAYS_SO = [re.compile(rf"^({english}|{chinese})\s*[:：]", re.M)
           for english, chinese in (("format", "格式"), ("scheme", "方案"))]  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("incentive_rules", "incentive schemes")
    group.addoption("--strict-promises", action="store_true", help="a promise that is UNKNOWN or INCONCLUSIVE fails")
    parser.addini(FILES, "patterns of scheme files, instead of every YAML file that says that it is one", type="args")
    parser.addini(STRICT, "a promise that is UNKNOWN or INCONCLUSIVE fails", type="bool", default=False)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> SchemeCollector | None:
    """The tests of a file that is a scheme."""
    if file_path.suffix not in YAML or file_path.name.endswith(KEPT):
        return None
    patterns = parent.config.getini(FILES)
    if not (_matches(file_path, patterns, parent.config.rootpath) if patterns else _is_scheme(file_path)):
        return None
    collector: SchemeCollector = SchemeCollector.from_parent(parent, path=file_path)
    return collector


def _matches(path: Path, patterns: list[str], root: Path) -> bool:
    whole = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    return any(fnmatch(path.name, pattern) or fnmatch(whole, pattern) for pattern in patterns)


def _is_scheme(path: Path) -> bool:
    with path.open("rb") as file:
        text = file.read(MOST_BYTES).decode("utf-8-sig", "replace")
    return all(said.search(text) for said in SAYS_SO)


class PromiseFailed(Exception):
    """A test of a scheme that failed, in the words of the report."""


class SchemeCollector(pytest.File):
    """The tests of one scheme: its check, its promises, its examples. Each report is made once, for all of them."""

    _reports: dict[str, Any]

    def collect(self) -> Iterator[pytest.Item]:
        from .model.verdict_text import promise_word

        self._reports = {}
        names: set[str] = set()
        yield CheckItem.from_parent(self, name=_fresh("check", names))
        report = self.checked()
        scheme = report.scheme
        if scheme is None or not _may_go_on(report):
            return
        for promise in scheme.promises:
            called = promise_word(promise.keyword, scheme.keyword_language)
            yield PromiseItem.from_parent(self, name=_fresh(called, names, _of(promise)), promise=promise)
        for number, example in enumerate(scheme.examples):
            yield ExampleItem.from_parent(self, name=_fresh(example.name, names), number=number, at=example.place.line)

    def checked(self) -> Report:
        """What `check` finds."""
        from .pipeline import check

        if "check" not in self._reports:
            self._reports["check"] = check(self.path)
        found: Report = self._reports["check"]
        return found

    def proved(self) -> ProofReport:
        """The verdict on each promise; counterexamples that are kept beside the scheme are replayed first."""
        from .proofs import prove

        if "prove" not in self._reports:
            self._reports["prove"] = prove(self.path)
        found: ProofReport = self._reports["prove"]
        return found

    def tried(self) -> TestReport:
        """The outcomes of all examples."""
        from .pipeline import test

        if "test" not in self._reports:
            self._reports["test"] = test(self.path)
        found: TestReport = self._reports["test"]
        return found


def _fresh(name: str, taken: set[str], more: str = "") -> str:
    """A name that no test of the scheme has yet; pytest takes `::` for what parts names."""
    name = name.replace("::", "：")
    if name in taken and more:
        name = f"{name}[{more}]"
    number, plain = 1, name
    while name in taken:
        number += 1
        name = f"{plain}[{number}]"
    taken.add(name)
    return name


def _of(promise: Promise) -> str:
    """What tells a promise apart from another one of its sort."""
    line = getattr(promise, "line", None)
    return "" if line is None else str(line.text)


def _may_go_on(report: Report) -> bool:
    """Whether the scheme can be looked at further: it may be that all that is wrong is a promise that is broken."""
    return all(error.code == "promise-refuted" for error in report.errors)


class _SchemeItem(pytest.Item):
    """A test of a scheme."""

    at = 1  # its line

    @property
    def collector(self) -> SchemeCollector:
        parent = self.parent
        assert isinstance(parent, SchemeCollector)
        return parent

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.at - 1, self.name

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What `check`, `test` and `prove` say, without a traceback through the library."""
        from .base.errors import SchemeError

        if isinstance(excinfo.value, PromiseFailed | SchemeError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)


class CheckItem(_SchemeItem):
    """The scheme has no errors."""

    def runtest(self) -> None:
        report = self.collector.checked()
        if not _may_go_on(report):
            from .base.reports import render

            raise PromiseFailed(render(report.errors, "text", report.language))


class PromiseItem(_SchemeItem):
    """One promise, with its exceptions."""

    def __init__(self, *, promise: Promise, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.promise, self.at = promise, promise.place.line

    def runtest(self) -> None:
        from attrs import evolve

        from .base.words import word_in
        from .model.verdict import Status

        report = self.collector.proved()
        mine = _verdicts_on(self.promise, report)
        language = report.scheme.language or "en"
        text = evolve(report, verdicts=mine, not_promised=(), measures=()).render("text", language)
        verdict = mine[0]
        self.user_properties.append(("verdict", verdict.status.value))
        open_ = verdict.status in (Status.UNKNOWN, Status.INCONCLUSIVE)
        strict = self.config.getoption("--strict-promises") or self.config.getini(STRICT)
        if verdict.status is Status.REFUTED or (open_ and strict):
            raise PromiseFailed(text)
        self.add_report_section("call", "verdict", text)
        reason = f"{verdict.status.value}: {word_in(verdict.grounds, language)}"
        if open_:
            pytest.xfail(reason)
        if verdict.status is Status.NOT_APPLICABLE:
            pytest.skip(reason)


def _verdicts_on(promise: Promise, report: ProofReport) -> tuple[Verdict, ...]:
    """The verdict on a promise, and those on its exceptions, which stand after it."""
    found: list[Verdict] = []
    for verdict in report.verdicts:
        own = verdict.promise == promise.keyword and verdict.place.start == promise.place.start
        if found and (own or verdict.status.value != "ACCEPTED"):
            break
        if own or found:
            found.append(verdict)
    if not found:
        raise PromiseFailed(report.render("text"))
    return tuple(found)


class ExampleItem(_SchemeItem):
    """One example: what is expected comes out, of both engines."""

    def __init__(self, *, number: int, at: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.number, self.at = number, at

    def runtest(self) -> None:
        from .base.reports import render

        tested = self.collector.tried()
        language = tested.report.language
        if self.number >= len(tested.outcomes):
            raise PromiseFailed(render(tested.report.errors, "text", language))
        outcome: ExampleOutcome = tested.outcomes[self.number]
        if not outcome.passed:
            parts = [render(outcome.diagnostics, "text", language), outcome.trace]
            raise PromiseFailed("\n\n".join(part for part in parts if part))
