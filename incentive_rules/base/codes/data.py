"""Codes about rows of data."""

from __future__ import annotations

from ..diagnostics import Severity
from .entry import Code, Wording

CODES: tuple[Code, ...] = ()
