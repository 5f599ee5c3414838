"""Small schemes for the tests of loading: sections put into a minimal document, in either keyword language."""

from __future__ import annotations

from incentive_rules.base.diagnostics import Diagnostic
from incentive_rules.loading import load
from incentive_rules.model.scheme import Quantity, Scheme
from tests.errors.fragments import complete

CHINESE = """\
格式: 1
方案: 小方案
执行日期: {起: 2026-01-01, 止: 2026-12-31}
周期: 月
币种: CNY
数据:
  工号: {类型: 编号}
  件数: {类型: 整数, 取值范围: [1, 500]}
"""


def loaded(fragment: str) -> tuple[Scheme, tuple[Diagnostic, ...]]:
    """The scheme of a fragment (English, put into the minimal scheme) or of a whole document."""
    scheme, found = load(complete(fragment), "scheme.yaml")
    assert scheme is not None, found
    return scheme, found


def clean(fragment: str) -> Scheme:
    """The scheme of a fragment that has no findings."""
    scheme, found = loaded(fragment)
    assert found == (), found
    return scheme


def codes(fragment: str) -> list[str]:
    """The codes of what is found, each with its variant: `number-wrong/separator`."""
    return ["/".join(filter(None, (d.code, d.variant))) for d in loaded(fragment)[1]]


def wrong(fragment: str) -> list[tuple[str, str]]:
    """What is found, and the text that each finding points at."""
    return [
        ("/".join(filter(None, (d.code, d.variant))), d.place.text if d.place else "") for d in loaded(fragment)[1]
    ]


def quantity(scheme: Scheme, name: str) -> Quantity:
    return next(q for q in scheme.quantities if q.name == name)
