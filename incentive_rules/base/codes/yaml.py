"""Codes about the bytes and the YAML of a document."""

from __future__ import annotations

from ..diagnostics import Severity
from .entry import Code, Wording

CODES: tuple[Code, ...] = ()
