"""A minimal scheme, and the fragments of the catalogue of errors put into it."""

from __future__ import annotations

import re

MINIMAL = """\
format: 1
scheme: minimal
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: month
currency: CNY
applies_to: audited or wage > 0 or post == "junior" or known(rating)
inputs:
  engineer: {type: key}
  jobs: {type: integer, range: [1, 500]}
  on_time: {type: integer, range: [0, 500]}
  wage: {type: money, range: [0, 20000]}
  post: {type: category, one_of: [junior, senior]}
  rating: {type: number, decimals: 1, range: [0, 5], can_be_missing: true}
  audited: {type: boolean}
indicators:
  speed: {weight: 100%, better: higher, value: on_time / jobs, score: {points: {70%: 0, 95%: 100}}}
"""

_SECTION = re.compile(r"^(?=[^\s#-])", re.MULTILINE)


def _sections(text: str) -> dict[str, str]:
    """Top-level sections by their key, in order."""
    found = (part for part in _SECTION.split(text) if part.strip())
    return {part.split(":", 1)[0].strip(): part for part in found}


def _entries(section: str) -> dict[str, str]:
    head, *rest = re.split(r"^(?=  \S)", section, flags=re.MULTILINE)
    return {"": head, **{part.split(":", 1)[0].strip(): part for part in rest}}


def complete(fragment: str) -> str:
    """`fragment` as a whole document: its sections replace those of the minimal scheme, its inputs join them."""
    if fragment.lstrip().startswith(("format", "格式", "\ufeff", "%", "#")) or not fragment.strip():
        return fragment
    base, new = _sections(MINIMAL), _sections(fragment)
    if "inputs" in new and "{" not in new["inputs"].split("\n")[0]:
        base["inputs"] = "".join({**_entries(base["inputs"]), **_entries(new.pop("inputs"))}.values())
    return "".join({**base, **new}.values())
