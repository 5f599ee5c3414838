"""Every code a diagnostic can carry, with its wording in both languages: one entry, one code.

The families stand in the order of the pipeline. `help CODE`, the reference page of errors and the
tests (each code has a failing scheme: its `wrong` example) are made from these entries.
Codes are words and are never reused for another meaning.
"""

from __future__ import annotations

from . import (
    audits,
    data,
    fairness,
    formula,
    kept,
    levels,
    lints,
    meaning,
    promises,
    records,
    shape,
    subjects,
    tables,
    use,
    values,
    yaml,
)
from .entry import Code, Wording

FAMILIES = (
    yaml.CODES, shape.CODES, subjects.CODES, formula.CODES, meaning.CODES, levels.CODES, values.CODES, tables.CODES,
    promises.CODES, lints.CODES, fairness.CODES, use.CODES, data.CODES, records.CODES, audits.CODES, kept.CODES,
)  # fmt: skip

CODES: dict[str, Code] = {code.name: code for family in FAMILIES for code in family}

__all__ = ["CODES", "FAMILIES", "Code", "Wording"]
