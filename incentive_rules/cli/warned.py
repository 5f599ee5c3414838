"""Words the warnings of a scheme and of data, a line each, for commands that go on all the same."""

from __future__ import annotations

from collections.abc import Sequence

from ..base.diagnostics import Diagnostic
from ..base.problems import Problem
from ..base.reports import render, render_problems
from .wording import say


def warning_lines(warnings: Sequence[Diagnostic | Problem], language: str) -> list[str]:
    """`warning  bonus.yaml:18:17: text-cut ...`, those of the scheme first."""
    scheme = render([one for one in warnings if isinstance(one, Diagnostic)], "concise", language)
    data = render_problems([one for one in warnings if isinstance(one, Problem)], "concise", language)
    return [f"{say('warned', language)}  {line}" for line in (*scheme.splitlines(), *data.splitlines())]
