"""From a checked scheme to its plan."""

from __future__ import annotations

from .fingerprint import fingerprint_of_meaning
from .plans import compile_plan

__all__ = ["compile_plan", "fingerprint_of_meaning"]
