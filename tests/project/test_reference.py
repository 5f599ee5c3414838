"""The reference pages that are made from the code say what the code says."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"

_spec = importlib.util.spec_from_file_location("make_reference", DOCS / "make_reference.py")
assert _spec is not None
assert _spec.loader is not None
make_reference = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make_reference)


@pytest.mark.parametrize("page", make_reference.PAGES)
def test_a_page_is_fresh(page: str) -> None:
    written = (DOCS / "reference" / page).read_text("utf-8")
    assert written == make_reference.PAGES[page](), "run `python docs/make_reference.py`"
