"""Names that are made of others: `value(workload)` is what the indicator `workload` measured.

They are put together and taken apart here alone. An author may write the first two; the others stand for what data,
records or other people bring, and no formula can spell them.
"""

from __future__ import annotations

import re
from enum import StrEnum

from .functions import AWARD, VALUE


class MadeName(StrEnum):
    """What a made name says of the name inside its brackets.

    >>> MadeName.VALUE.of("workload"), MadeName.VALUE.inside("value(workload)"), MadeName.VALUE.inside("workload")
    ('value(workload)', 'workload', 'workload')
    """

    VALUE = "value"  # what an indicator measured
    AWARD = "award"  # the money of an honour
    GROUP = "group"  # the key of a group, where the group or its rows read it
    GIVEN = "given"  # what others decide, given for one person alone
    RECORDED = "recorded"  # what an earlier period came to
    CURRENT = "current"  # whether a row of a recorded table is that of the period being run

    def of(self, name: str) -> str:
        """The made name."""
        return f"{self.value}({name})"

    def is_of(self, name: str) -> bool:
        """Whether a name is one of this sort."""
        return name.startswith(f"{self.value}(") and name.endswith(")")

    def inside(self, name: str) -> str:
        """The name inside the brackets; a name of another sort as it is."""
        return name[len(self.value) + 1 : -1] if self.is_of(name) else name


_WRITTEN = re.compile(rf"({'|'.join((*VALUE, *AWARD))})\(\s*(.*?)\s*\)")


def full_name(text: str) -> str:
    """The name that `text` stands for: what an indicator measured, and the award of an honour, are written as calls.

    >>> full_name("实际值(及时率)"), full_name("total")
    ('value(及时率)', 'total')
    """
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return text
    return (MadeName.VALUE if found[1] in VALUE else MadeName.AWARD).of(found[2])


def sort_of(name: str) -> MadeName | None:
    """Of which sort a name is; None of one that is not made.

    >>> sort_of("group(department)"), sort_of("department")
    (<MadeName.GROUP: 'group'>, None)
    """
    return next((sort for sort in MadeName if sort.is_of(name)), None) if name.endswith(")") else None


def inner_name(name: str) -> str:
    """The name inside the brackets of a made one; any other as it is."""
    sort = sort_of(name)
    return name if sort is None else sort.inside(name)
