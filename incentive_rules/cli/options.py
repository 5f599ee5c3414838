"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from ..model.run import HowMany
from .console import LANGUAGES
from .possible import periods_possible, schemes_possible

F = TypeVar("F", bound=Callable[..., object])

class NotPossible(click.BadParameter):
    """Raised for a value that an option cannot have, with those that it can."""

    def __init__(self, value: str, choices: tuple[str, ...]) -> None:
        super().__init__(f"'{value}'")
        self.choices = choices


def how_many(context: click.Context, option: click.Parameter, value: str | None) -> HowMany:
    """A number of people, or all of them; None without the option."""
    text = (value or "").strip()
    if value is None:
        return None
    if text in ("all", "全部"):
        return "all"
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    raise NotPossible(text, ("N", "0", "all"))


language: Callable[[F], F] = click.option(
    "--lang", "lang", type=click.Choice(LANGUAGES), default="auto", help="language of the report · 报告的语言"
)
period: Callable[[F], F] = click.option(
    "--period", metavar="PERIOD", help="2026-04, 2026-Q2, 2026-H1, 2026 · 周期", shell_complete=periods_possible
)
scheme: Callable[[F], F] = click.argument("scheme", metavar="SCHEME", shell_complete=schemes_possible)
schemes: Callable[[F], F] = click.argument(
    "schemes", metavar="SCHEME...", nargs=-1, required=True, shell_complete=schemes_possible
)
data: Callable[[F], F] = click.argument("data", metavar="DATA...", nargs=-1)
encoding: Callable[[F], F] = click.option(
    "--encoding", default="utf-8", show_default=True, help="of the data: utf-8 or gb18030 · 数据文件的编码"
)
details: Callable[[F], F] = click.option(
    "--details", multiple=True, metavar="NAME=FILE", help="rows of a detail table or of groups · 明细或群组数据"
)


on_error: Callable[[F], F] = click.option(
    "--on-error",
    type=click.Choice(("reject", "quarantine")),
    default="reject",
    show_default=True,
    help="what a bad row does: reject the run, or be set aside · 问题行：整批拒收，或单独隔离",
)
target: Callable[[F], F] = click.option(
    "--out",
    "target",
    metavar="FILE",
    help="write the results there, .xlsx (everything in one), .csv or .json (pools, honours beside) · 结果文件",
)
columns: Callable[[F], F] = click.option(
    "--columns",
    default="pay",
    show_default=True,
    metavar="NAMES",
    help="of the table and the file: pay, a,b,c; of the file alone: all · 表格和结果文件的列（all 只用于文件）",
)
aside: Callable[[F], F] = click.option(
    "--quarantine", "aside", metavar="FILE", help="write refused rows there, .csv, .json or .xlsx · 问题行清单"
)
referee: Callable[[F], F] = click.option(
    "--referee",
    callback=how_many,
    metavar="N",
    help="how many people a second engine recomputes: a few, N, 0, all · 另一引擎复算的人数：默认少数，或 N、0、all",
)

record: Callable[[F], F] = click.option(
    "--record", metavar="FOLDER", help="write a record of the run there, a new folder · 写出运行记录（新文件夹）"
)
history: Callable[[F], F] = click.option(
    "--history", multiple=True, metavar="FOLDER", help="records of earlier periods, or their folder · 以前各期的记录"
)
corrects: Callable[[F], F] = click.option(
    "--corrects", multiple=True, metavar="FOLDER", help="pay only what differs from this record · 只发与该记录的差额"
)
folder: Callable[[F], F] = click.argument("folder", metavar="FOLDER")


def format_of(*choices: str) -> Callable[[F], F]:
    """`--format` with these choices, the first of them `text`."""
    kind, says = click.Choice(choices), "of the report · 格式"
    return click.option("--format", "format_", type=kind, default="text", show_default=True, help=says)
