"""The third evaluator itself: what its modules show in their docstrings, and that it stands alone."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
MODULES = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith(("test_", "__")))


@pytest.mark.parametrize("name", MODULES)
def test_what_a_docstring_shows_is_so(name: str) -> None:
    module = importlib.import_module(f"tests.third.{name}")
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_it_imports_nothing_of_the_library_and_no_test_beside_it(name: str) -> None:
    """Two programs that share a part share its mistakes."""
    text = (HERE / f"{name}.py").read_text(encoding="utf-8")
    imported = set(re.findall(r"^\s*(?:from|import) ([\w.]+)", text, re.MULTILINE))
    for module in imported:
        assert module.split(".")[0] != "incentive_rules", module
        assert not module.startswith("tests") or module.startswith("tests.third"), module
