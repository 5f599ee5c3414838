"""`explain`: one person's amounts, from what is paid down to the data, each step with its line of the scheme."""

from __future__ import annotations

import json

import click

from ..base.errors import DataError, SchemeError
from ..base.text import echo, nearest
from ..explaining.explain import Explanation
from ..model.data import DataRow, People
from ..pipeline import Pipeline
from ..pipeline import compile_quietly as compile_scheme
from . import options
from .console import language_of, note, out
from .exits import Exit
from .explained_groups import AskedGroup, explain_whole_group
from .people import people_in, refused_scheme
from .told_steps import heading_of_person, no_such_quantity, tell_what_if
from .warned import warning_lines
from .wording import hint, say

SAYS = "say why one person gets what they get · 解释某个人的结果"


def explain_one(
    pipeline: Pipeline, people: People, row: DataRow, name: str | None, language: str, everything: bool
) -> Explanation:
    """Explains the amounts of this person among these people, without what would tell of others.

    Raises `DataError` if their data are refused.
    """
    return pipeline.slips(people, pipeline.compute(people, lang=language), lang=language).explain(row, name, everything)


@click.command(name="explain", help=SAYS, short_help=SAYS)
@options.scheme
@options.data
@options.period
@options.details
@options.encoding
@options.history
@click.option("--id", "who", metavar="KEY", help="the key of the person · 编号")
@click.option("--pool", metavar="NAME", help="how a pool is shared, with everybody in it · 一个奖金池怎样分到每个人")
@click.option("--honor", metavar="NAME", help="who is chosen, with all candidates · 一项荣誉的全部候选人")
@click.option("--grades", metavar="NAME", help="who gets which grade by rank · 按名次定等级的全部人员")
@click.option("--group", default="", metavar="KEY", help="of one group, such as department=east · 只看一个组")
@click.option("--anonymous", is_flag=True, help="of a group: numbers in place of keys · 整组解释时不显示编号")
@click.option("--name", metavar="NAME", help="one quantity only · 只解释这一项")
@click.option("--what-if", "what_if", is_flag=True, help="what one thing different would have given · 假如一件事不同")
@click.option("--all", "everything", is_flag=True, help="every line there is · 列出全部")
@options.format_of("text", "json")
@options.language
def explain_command(
    scheme: str, data: tuple[str, ...], period: str | None, details: tuple[str, ...], encoding: str,
    history: tuple[str, ...], who: str | None, pool: str | None, honor: str | None, grades: str | None, group: str,
    anonymous: bool, name: str | None, what_if: bool, everything: bool, format_: str, lang: str,
) -> int:  # fmt: skip
    try:
        pipeline = compile_scheme(scheme, period=period)
    except SchemeError as error:
        return refused_scheme(error, lang)
    language = language_of(lang, pipeline.scheme.language)
    asked = [AskedGroup(kind, said, group) for kind, said in (("pool", pool), ("honor", honor), ("grades", grades))
             if said is not None]  # fmt: skip
    if len(asked) + (who is not None) != 1 or (who is not None and (group or anonymous)):
        note(say("which_explained", language))
        return Exit.USAGE
    if what_if and who is None:
        note(say("what_if_needs_id", language))
        return Exit.USAGE
    for line in warning_lines(pipeline.warnings, language):
        note(line)
    people, code = people_in(pipeline, data, details, encoding, language, history)
    if people is None:
        return code
    if asked:
        try:
            return explain_whole_group(pipeline, people, asked[0], language, format_, anonymous)
        except DataError as error:
            note(str(error))
            return Exit.REJECTED
    assert who is not None
    row = next((row for row in people.rows if row.key == who), None)
    if row is None:
        near = next(iter(nearest(who, people.keys, 1)), "")
        note(say("no_such_key", language, key=echo(who)) + hint("near_key", near, language))
        return Exit.USAGE
    if what_if:
        return tell_what_if(pipeline, people, row, name, language, format_)
    try:
        explanation = explain_one(pipeline, people, row, name, language, everything)
    except DataError as error:
        note(str(error))
        return Exit.REJECTED
    except KeyError as error:
        return no_such_quantity(pipeline, str(error.args[0]), name or "", language)
    if format_ == "json":
        out(json.dumps({"key": who, "period": pipeline.period, **explanation.as_json()}, ensure_ascii=False, indent=2))
        return Exit.CLEAN
    out(heading_of_person(pipeline, who, language))
    out()
    out(str(explanation))
    return Exit.CLEAN
