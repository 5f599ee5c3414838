"""`explain --pool`, `--honor` and `--grades`: what a whole group decides together, for managers and auditors."""

from __future__ import annotations

import json
from collections.abc import Sequence

from attrs import frozen

from ..base.reports import render_problems
from ..base.text import echo, nearest
from ..explaining.whole_groups import GroupExplanation
from ..lang.made_names import full_name
from ..model.data import People
from ..model.scheme import Distribution, Honor, Pool
from ..model.titles import scheme_title, titles_in
from ..pipeline import Pipeline
from .console import note, out
from .exits import Exit
from .screen import room_on_screen
from .wording import hint, say

KINDS = {"pool": Pool, "honor": Honor, "grades": Distribution}


@frozen
class AskedGroup:
    """A `kind` of decision by its name or title, of one `group` by its key (`华东`, `department=华东`), or of all."""

    kind: str  # pool | honor | grades
    name: str
    group: str = ""


def explain_whole_group(
    pipeline: Pipeline, people: People, asked: AskedGroup, language: str, format_: str, anonymous: bool
) -> int:  # fmt: skip
    """Prints each group with its members; with `anonymous` these are numbered, and no key of theirs is told."""
    name = _name_of(pipeline, asked)
    if name is None:
        known = _names(pipeline, asked.kind)
        near = next(iter(nearest(asked.name, known, 1)), "")
        note(say("no_such_decision", language, name=echo(asked.name)) + hint("did_you_mean", near, language))
        return Exit.USAGE
    level, _, key = asked.group.rpartition("=")
    computed = pipeline.compute(people, lang=language)
    found = pipeline.hearing(people, computed).explain_groups(name, language, anonymous)
    chosen = [one for one in found if not key or (one.among.key == key and level in ("", one.among.level))]
    if not chosen and computed.problems:  # whoever waits for a refused row is in no group
        note(render_problems(computed.problems, "text", language))
        return Exit.REJECTED
    if not chosen:
        near = next(iter(nearest(key, [one.among.key for one in found], 1)), "")
        note(say("no_such_group", language, name=echo(asked.group)) + hint("near_key", near, language))
        return Exit.USAGE
    _print(pipeline, chosen, format_, language)
    return Exit.CLEAN


def _print(pipeline: Pipeline, groups: Sequence[GroupExplanation], format_: str, language: str) -> None:
    if format_ == "json":
        told = {"period": pipeline.period, "groups": [one.as_json() for one in groups]}
        out(json.dumps(told, ensure_ascii=False, indent=2))
        return
    out(f"{pipeline.period}  {echo(scheme_title(pipeline.scheme, language))}")
    for one in groups:
        out()
        out(one.text(*room_on_screen()))


def _names(pipeline: Pipeline, kind: str) -> list[str]:
    """The names of all decisions of a kind, in the order of the scheme."""
    quantities = pipeline.checked.quantities
    return [q.name for q in quantities if isinstance(q.definition.body, KINDS[kind])]


def _name_of(pipeline: Pipeline, asked: AskedGroup) -> str | None:
    """The name that is meant, which may be said by its title."""
    titles = {t: name for said in ("zh", "en") for name, t in titles_in(pipeline.scheme, said).items()}
    for name in (asked.name, full_name(asked.name), titles.get(asked.name, "")):
        if name in _names(pipeline, asked.kind):
            return name
    return None
