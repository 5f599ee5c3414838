"""The exceptions that leave the library, as a tree:

    IncentiveRulesError
    ├── SchemeError      a scheme with errors; `.diagnostics` has all of them
    ├── DataError        rows that were refused; `.problems` has all of them
    ├── EnginesDiffer    two engines come to different amounts; `.opinion` has both values of each
    └── MissingExtra     an optional library is not installed; `.install` is the command

Only the facade raises them. Each prints as the command line would print it. `SchemeWarning` is a warning of Python's.
"""

from __future__ import annotations

from .diagnostics import Diagnostic
from .problems import Problem


class IncentiveRulesError(Exception):
    """The base of every error that this library raises on purpose."""


class SchemeError(IncentiveRulesError):
    """A scheme that cannot be used; its `diagnostics` are the whole report, best first.

    `language` is the one that the message is written in.
    """

    def __init__(self, message: str, diagnostics: tuple[Diagnostic, ...] = (), language: str = "en") -> None:
        super().__init__(message)
        self.diagnostics = diagnostics
        self.language = language


class DataError(IncentiveRulesError):
    """Data that were refused; nobody was paid. `problems` has every cause; rows that wait for one are counted."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class EnginesDiffer(IncentiveRulesError):
    """The referee comes to other values than the run: nobody was paid, and nothing was written.

    `problems` word each difference as a report prints it; `opinion` is the `SecondOpinion` with both values of each.
    """

    def __init__(self, message: str, problems: tuple[Problem, ...] = (), opinion: object = None) -> None:
        super().__init__(message)
        self.problems = problems
        self.opinion = opinion


class SchemeWarning(UserWarning):
    """A warning of `check` about a scheme that can be used all the same; given once, when it is compiled."""


class MissingExtra(IncentiveRulesError):
    """An optional library is needed; `install` is the command that brings it."""

    def __init__(self, message: str, install: str) -> None:
        super().__init__(message)
        self.install = install
