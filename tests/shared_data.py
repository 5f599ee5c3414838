"""Where the shared data lie: published files and attack files that are too large for this repository."""

from __future__ import annotations

import os
from pathlib import Path

ABSENT = "no shared data beside the checkout"
ROOT = Path(__file__).resolve().parents[1]


def shared_folder() -> Path | None:
    """`INCENTIVE_RULES_SHARED`, else `../shared` next to the checkout; None where there is none."""
    named = os.environ.get("INCENTIVE_RULES_SHARED")
    folder = Path(named) if named else ROOT.parent / "shared"
    return folder if folder.is_dir() else None
