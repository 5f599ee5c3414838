"""The first founding scheme as it was first written: contribution was measured against the mean of the department.

Whoever does more lifts that mean, by which the colleagues are measured; and whose orders are worth nothing has no
contribution at all. The shipped scheme measures it against one's own target, and its largest jump is that of work.
"""

from __future__ import annotations

from pathlib import Path

SCHEME = Path(__file__).resolve().parents[2] / "schemes" / "service_engineer_1.yaml"
AS_IT_WAS = {
    "value(workload) / workload_due ": "value(workload) / mean(value(workload), over=everyone, within=department) ",
    "of: work, at_most: 19800.00": "at_most: 19800.00",
}


def first_scheme() -> str:
    """The text of the scheme; what its examples expect is that of the shipped one."""
    text = SCHEME.read_text("utf-8")
    for now, before in AS_IT_WAS.items():
        assert text.count(now) == 1, now
        text = text.replace(now, before)
    return text
