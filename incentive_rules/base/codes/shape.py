"""Codes about the shape of a scheme: sections, fields, words and numbers."""

from __future__ import annotations

from ..diagnostics import Severity
from .entry import Code, Wording

CODES: tuple[Code, ...] = ()
