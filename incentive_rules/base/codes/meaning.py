"""Codes about what a scheme means: names, types, missing values, ranges, tables, weights."""

from __future__ import annotations

from ..diagnostics import Severity
from .entry import Code, Wording

CODES: tuple[Code, ...] = ()
