"""Text to scheme: `load` reads YAML, checks its shape and builds what it says."""

from __future__ import annotations

from .load import load, written_in

__all__ = ["load", "written_in"]
