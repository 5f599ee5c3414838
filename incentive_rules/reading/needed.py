"""Lists everything that the data must bring, so that they can be built without reading the scheme."""

from __future__ import annotations

from collections.abc import Iterator

from ..lang.types import Kind
from ..model.checked import Checked, CheckedInput
from ..model.levels import Level
from ..model.run import NeededInput
from .tables.columns import heading_of
from .tables.links import column_reader, inputs_at, is_internal, links_of
from .tables.used import levels_used


def needed_inputs(checked: Checked) -> tuple[NeededInput, ...]:
    """Every fact, in the order of the scheme: of people, of groups, of details; then the keys that tables need."""
    tables: dict[Level, str] = {(group.key,): group.name for group in checked.scheme.groups}
    facts = (one for one in checked.inputs.values() if not is_internal(one))
    return (*(_needed(one, tables.get(one.level, "".join(one.level))) for one in facts), *_keys(checked))


def _keys(checked: Checked) -> Iterator[NeededInput]:
    """The columns that are no inputs of their table: keys of a row and of its owners."""
    levels = levels_used(checked)
    for table in checked.scheme.details:
        own = {one.name for one in inputs_at(checked, (table.name,))}
        for read in links_of(checked, table.name, levels).key_inputs:
            if read.name not in own:
                yield _needed(read, table.name)
    for group in checked.scheme.groups:
        if all(one.name != group.key for one in inputs_at(checked, (group.key,))):
            yield _needed(column_reader(checked, group.key), group.name)


def _needed(item: CheckedInput, table: str) -> NeededInput:
    d = item.definition
    return NeededInput(
        d.name, heading_of(item), d.type, d.low.text if d.low else "", d.high.text if d.high else "",
        item.decimals if item.facts.type.kind is Kind.NUMBER else None,
        tuple(word.text for word in d.one_of), d.can_be_missing, d.unit or "", d.title, table,
    )  # fmt: skip
