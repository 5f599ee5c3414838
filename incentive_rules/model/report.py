"""The outcome of checking a scheme: its findings, and for `test` the outcome of each example."""

from __future__ import annotations

from attrs import field, frozen

from ..base.diagnostics import Diagnostic, Severity
from ..base.errors import SchemeError
from ..base.reports import render, severity_of
from .scheme import Scheme


@frozen
class Report:
    """All findings about one scheme; `str()` of it is what the command line prints.

    `scheme` is what could be read of the document, None if nothing could; `written` is then the language (`zh`, `en`)
    in which it seems to be written.
    """

    diagnostics: tuple[Diagnostic, ...]
    scheme: Scheme | None = field(default=None, repr=False, eq=False)
    written: str = field(default="", repr=False, eq=False)

    @property
    def ok(self) -> bool:
        """Whether there is no error; warnings and hints may be there."""
        return not self.errors

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that keep the scheme from being used."""
        return tuple(d for d in self.diagnostics if severity_of(d.code) is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """The findings that somebody should look at, and that keep nothing from running."""
        return tuple(d for d in self.diagnostics if severity_of(d.code) is Severity.WARNING)

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(severity_of(d.code) is severity for d in self.diagnostics)

    @property
    def language(self) -> str:
        """The language of the scheme's reports; `en` if nothing decides it."""
        return self.own_language or "en"

    @property
    def own_language(self) -> str:
        """The language that the document declares or shows; "" if it does neither."""
        return self.scheme.language if self.scheme else self.written

    def render(self, format: str = "text", language: str = "") -> str:
        """The findings as `text`, `concise` or `json`, in `en` or `zh`; unsaid, in the language of the report."""
        return render(self.diagnostics, format, language or self.language)

    def raise_if_errors(self) -> None:
        """Raises one `SchemeError` with all errors, if there are any."""
        if not self.ok:
            raise SchemeError(render(self.errors, "text", self.language), self.errors, self.language)

    def __str__(self) -> str:
        return self.render()


@frozen
class ExampleOutcome:
    """The outcome of one example of a scheme: no findings if it passed.

    `trace` has the lines of the working that the findings are about, as text.
    """

    name: str
    diagnostics: tuple[Diagnostic, ...]
    trace: str = field(default="", repr=False)

    @property
    def passed(self) -> bool:
        return not self.diagnostics


@frozen
class TestReport:
    """The examples of one scheme, run through both engines; `report` has the findings of the scheme itself."""

    report: Report
    outcomes: tuple[ExampleOutcome, ...] = ()

    __test__ = False  # not a class of tests, whatever pytest thinks of its name

    @property
    def ok(self) -> bool:
        """Whether the scheme has no error and every example passes."""
        return self.report.ok and all(outcome.passed for outcome in self.outcomes)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The errors of the scheme, and then what each failed example says."""
        return (*self.report.errors, *(d for outcome in self.outcomes for d in outcome.diagnostics))

    def raise_if_failed(self) -> None:
        """Raises one `SchemeError` with everything that failed, if anything did."""
        if not self.ok:
            raise SchemeError(str(self), self.diagnostics, self.report.language)

    def __str__(self) -> str:
        return render(self.diagnostics, "text", self.report.language)
