"""Options and arguments that several commands share, each said once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from .console import LANGUAGES

F = TypeVar("F", bound=Callable[..., object])

language: Callable[[F], F] = click.option(
    "--lang", "lang", type=click.Choice(LANGUAGES), default="auto", help="language of the report · 报告的语言"
)
period: Callable[[F], F] = click.option("--period", metavar="PERIOD", help="2026-04, 2026-Q2, 2026-H1, 2026 · 周期")
scheme: Callable[[F], F] = click.argument("scheme", metavar="SCHEME")
schemes: Callable[[F], F] = click.argument("schemes", metavar="SCHEME...", nargs=-1, required=True)
data: Callable[[F], F] = click.argument("data", metavar="DATA...", nargs=-1, required=True)
encoding: Callable[[F], F] = click.option(
    "--encoding", default="utf-8", show_default=True, help="of the data: utf-8 or gb18030 · 数据文件的编码"
)
details: Callable[[F], F] = click.option(
    "--details", multiple=True, metavar="NAME=FILE", help="rows of a detail table · 明细数据"
)


def format_of(*choices: str) -> Callable[[F], F]:
    return click.option("--format", "format_", type=click.Choice(choices), default="text", help="text, or for programs · 输出格式")
