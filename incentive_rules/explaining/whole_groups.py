"""Explains what a whole group decides together: who shares a pool and gets its last cents, who is chosen, which grade.

    for group in explain_groups(checked, [("E001", judgement.trace), ...], "team_bonus", "en"):
        print(group)

It is for managers and auditors, since it names others. It never computes: each number stands in a trace of a member.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from attrs import frozen

from ..base.json_types import JsonObject
from ..base.tables import laid_out
from ..base.text import escape
from ..model.checked import Checked
from ..model.levels import PERSON
from ..model.terms import Constant
from ..model.trace import Among, Chosen, Graded, Pooled, Portion, Trace, TraceLine
from .aggregates import group_in_words
from .as_json import among_as_json, line_as_json
from .formatting import ValueFormatter
from .honors_and_grades import cuts_in_words, places_in_words
from .pools import amount_in_words
from .words import phrase

Decided = Portion | Chosen | Graded
INDENT = 2  # of a table below its heading
_Room = tuple[int | None, int]  # columns of the screen, and how wide ambiguous characters are


@frozen
class GroupMember:
    """One member: `who`, a person or a group by its key, the number of the detail row where rows share, and how it
    came out."""

    who: str
    row: int | None
    decided: Decided
    line: TraceLine


@frozen(eq=False)
class GroupExplanation:
    """One group and all its members, in the order in which they come out. `str()` is for people, `as_json()` exact."""

    name: str
    among: Among
    members: tuple[GroupMember, ...]
    _formatter: ValueFormatter

    def __str__(self) -> str:
        return self.text()

    def text(self, columns: int | None = None, ambiguous: int = 1) -> str:
        """The text for people, its table folded for a screen of so many columns; `ambiguous` as in `laid_out`."""
        return "\n".join(_lines(self, self._formatter, (None if columns is None else columns - INDENT, ambiguous)))

    def as_json(self) -> JsonObject:
        """Everything exact, ready for `json.dumps`."""
        members: list[JsonObject] = []
        for one in self.members:
            line = line_as_json(one.line, self._formatter)
            members.append({"key": one.who} | ({} if one.row is None else {"row": one.row}) | {"line": line})
        return {"name": self.name, **among_as_json(self.among), "decided": list(members)}


def explain_groups(
    checked: Checked, traces: Iterable[tuple[str, Trace]], name: str, language: str, key: str | None = None
) -> tuple[GroupExplanation, ...]:
    """The groups in which `name` is decided, or the one with this key, by the traces of all people by their keys."""
    formatter = ValueFormatter(checked, language, True)
    found: dict[tuple[str, str], dict[tuple[str, int | None], GroupMember]] = {}
    for person, trace in traces:
        for line in (line for line in trace if line.name == name):
            of_people = line.details is not None or line.level == PERSON
            who = person if of_people else line.key  # a group that shares stands in the trace of each of its people
            for row, decided in _decided(line):
                if key is None or decided.among.key == key:
                    of_group = found.setdefault((decided.among.level, decided.among.key), {})
                    of_group.setdefault((who, row), GroupMember(who, row, decided, line))
    return tuple(
        GroupExplanation(name, members[0].decided.among, tuple(sorted(members, key=_order)), formatter)
        for members in ([*of_group.values()] for of_group in found.values())
    )


def _decided(line: TraceLine) -> Iterator[tuple[int | None, Decided]]:
    if isinstance(line.source, Pooled):
        yield from ((portion.row, portion) for portion in line.source.portions)
    elif isinstance(line.source, Chosen | Graded):
        yield None, line.source


def _order(member: GroupMember) -> float:
    """By place, those without one last; members of a pool stay in the order of the data."""
    if isinstance(member.decided, Portion):
        return 0
    return float("inf") if member.decided.place is None else member.decided.place


# ── As text ──────────────────────────────────────────────────────────────────────────────────


def _lines(group: GroupExplanation, formatter: ValueFormatter, room: _Room) -> Iterator[str]:
    title, decided = formatter.title(group.name), group.members[0].decided
    whose = group_in_words(group.among, formatter)
    yield f"{title} · {whose}"
    match decided:
        case Portion():
            yield from (f"  {one}" for one in amount_in_words(decided, formatter, group.name))
            yield from _shares(group, formatter, room)
        case Chosen():
            yield from (f"  {one}" for one in places_in_words(decided, formatter, group.name))
            yield from _candidates(group, formatter, room)
        case Graded():
            yield from (f"  {one}" for one in cuts_in_words(decided, formatter))
            yield from _grades(group, formatter, room)


def _shares(group: GroupExplanation, formatter: ValueFormatter, room: _Room) -> Iterator[str]:
    """Weight, exact share and share of each; the last units where somebody got or lost one by rounding."""
    portions = [one.decided for one in group.members if isinstance(one.decided, Portion)]
    say, first = formatter.language, portions[0]
    rows = any(one.row is not None for one in group.members)
    heads = ["who", *(["detail_row"] if rows else []), "pool_weight", "exact_share", "share", "last_unit", "why"]
    table = [[phrase(f"head_{head}", say) for head in heads]]
    for member, portion in zip(group.members, portions, strict=True):
        weight = "" if portion.weight is None else formatter.value(portion.weight)
        cells = [_shown(member.who), *([str(member.row)] if rows else []), weight]
        if portion.state != "shared":
            share, why = formatter.value(portion.share, group.name), phrase(f"pool_{_why(portion)}", say)
            table.append([*cells, "", share, "", why])
            continue
        cents = _last_unit(portion)
        told = "" if cents == 0 else ("+" if cents > 0 else "-") + formatter.value(abs(cents), group.name)
        why = phrase("pool_capped", say) if portion.capped else phrase("head_rest", say) if cents > 0 else ""
        table.append([*cells, formatter.value(portion.exact), formatter.value(portion.share, group.name), told, why])
    total = sum((one.share for one in portions if isinstance(one.share, Fraction)), Fraction(0))
    sums = [phrase("head_sum", say), *([""] if rows else []), formatter.value(first.weights), "",
            formatter.value(total, group.name), "", ""]  # fmt: skip
    yield from _aligned([*table, sums], [False, *[True] * (len(heads) - 2), False], room)
    yield f"  {phrase(f'last_units_{first.method}', say)}"
    if first.remainder:
        yield f"  {phrase('pool_remainder', say, amount=formatter.value(first.remainder, group.name))}"


def _why(portion: Portion) -> str:
    return "not_met" if portion.state == "condition_not_met" else portion.state


def _last_unit(portion: Portion) -> Fraction:
    """By how much the share is more than the whole units of the exact one."""
    if portion.capped or not isinstance(portion.exact, Fraction) or not isinstance(portion.share, Fraction):
        return Fraction(0)
    unit = Fraction(1, 10**portion.decimals)
    return portion.share - portion.exact // unit * unit


def _candidates(group: GroupExplanation, formatter: ValueFormatter, room: _Room) -> Iterator[str]:
    say = formatter.language
    table = [[phrase(f"head_{head}", say) for head in ("place", "who", "decided_by", "result")]]
    for member in group.members:
        chosen = member.decided
        assert isinstance(chosen, Chosen)
        values = phrase("comma", say).join(formatter.value(one.value) for one in chosen.best_by)
        word = chosen.verdict if chosen.verdict in ("not_eligible",) else f"verdict_{chosen.verdict}"
        word = "not_in_order" if chosen.verdict == "not_ranked" else word
        table.append(["" if chosen.place is None else str(chosen.place), _shown(member.who), values, phrase(word, say)])
    yield from _aligned(table, [True, False, True, False], room)


def _grades(group: GroupExplanation, formatter: ValueFormatter, room: _Room) -> Iterator[str]:
    say, first = formatter.language, group.members[0].decided
    assert isinstance(first, Graded)
    titles = formatter.title(first.argument), formatter.title(group.name)
    table = [[phrase("head_place", say), phrase("head_who", say), *titles]]
    for member in group.members:
        graded = member.decided
        assert isinstance(graded, Graded)
        result: Constant = None if graded.row is None else graded.cuts[graded.row][0]
        value = formatter.value(graded.value, graded.argument)
        place = "" if graded.place is None else str(graded.place)
        table.append([place, _shown(member.who), value, formatter.value(result)])
    yield from _aligned(table, [True, False, True, False], room)


def _shown(key: str) -> str:
    return escape(key)


def _aligned(rows: Sequence[Sequence[str]], right: Sequence[bool], room: _Room) -> Iterator[str]:
    """A table whose columns are aligned by their width on the screen."""
    for lines in laid_out(rows, right, *room):
        yield from (" " * INDENT + line for line in lines)
