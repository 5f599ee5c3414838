"""The command line: the only part that prints, reads arguments and chooses an exit code."""

from __future__ import annotations

from .program import main

__all__ = ["main"]
