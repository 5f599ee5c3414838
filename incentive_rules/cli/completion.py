"""`completion SHELL`: what a shell needs to complete commands, options, scheme files and periods."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from . import options
from .console import out
from .exits import Exit

SHELLS = ("bash", "zsh", "fish")
PROGRAMS = ("incentive-rules", "irules")
SAYS = "print what a shell needs to complete commands · 输出命令补全脚本"


@click.command(name="completion", help=SAYS, short_help=SAYS)
@click.argument("shell", metavar="SHELL", type=click.Choice(SHELLS))
@options.language
def completion_command(shell: str, lang: str) -> int:
    for name in PROGRAMS:
        out(script_for(shell, name).rstrip("\n"))
    return Exit.CLEAN


def script_for(shell: str, name: str) -> str:
    """The script that makes this shell ask the program of this name; click knows how each shell asks."""
    kind = get_completion_class(shell)
    assert kind is not None
    complete = kind(click.Command(name), {}, name, "_INCENTIVE_RULES_COMPLETE")
    return complete.source_template % complete.source_vars()
