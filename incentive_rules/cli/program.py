"""The program `incentive-rules`: its commands, and what happens when something goes wrong."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module

import click

from .. import __version__
from ..base.text import echo, nearest
from .console import NotPrinted, ReaderGone, Unreported, flush, language_of, mute, note, out, prepare_streams
from .exits import Exit
from .wording import hint, say

COMMANDS = (
    "init", "check", "test", "prove", "run", "explain", "statement", "audit", "replay", "schema", "completion", "help",
)  # fmt: skip


class NoSuchCommand(click.UsageError):
    def __init__(self, name: str, context: click.Context) -> None:
        super().__init__(name, context)
        self.name = name


class CommandGroup(click.Group):
    """Imports command `x` from `cli/x.py` as `x_command` when it is asked for.

    An unknown command is an error that names the nearest one.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found = getattr(import_module(f".{cmd_name}", __package__), f"{cmd_name}_command")
        return found if isinstance(found, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            raise NoSuchCommand(args[0], ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=CommandGroup,
    invoke_without_command=True,
    help="Incentive schemes in YAML, checked and computed exactly. · 用 YAML 写激励方案，先检查，再精确计算。",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", message="incentive-rules %(version)s")
@click.pass_context
def program(context: click.Context) -> int:
    if context.invoked_subcommand is not None:
        return Exit.CLEAN
    out(context.get_help())
    return Exit.USAGE


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program; returns the exit code."""
    prepare_streams()
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    language = language_of(_language_flag(arguments))
    try:
        code = program.main(arguments, prog_name="incentive-rules", standalone_mode=False)
        flush()
        return code if isinstance(code, int) else Exit.CLEAN
    except click.ClickException as error:
        note(_usage(error, language))
        return Exit.USAGE
    except (KeyboardInterrupt, click.Abort):
        note(say("interrupted", language))
        return Exit.INTERRUPTED
    except (BrokenPipeError, ReaderGone):
        # The reader of our output has gone (`| head`): nothing is left to say, not even at exit.
        mute()
        return Exit.CLEAN
    except NotPrinted as error:
        return _not_printed(error, language)
    except Unreported as error:
        return _unreported(error, language)
    except Exception as error:
        note(say("internal", language, kind=type(error).__name__))
        return _internal(language)


def _not_printed(error: BaseException, language: str) -> int:
    mute()
    note(say("not_printed", language, reason=str(error)))
    return Exit.UNPRINTED


def _unreported(error: Unreported, language: str) -> int:
    """Reports what was written when something failed after people were paid; returns the exit code."""
    cause = error.__cause__
    if isinstance(cause, NotPrinted):
        code = _not_printed(cause, language)
    elif isinstance(cause, KeyboardInterrupt):
        note(say("interrupted", language))
        code = Exit.INTERRUPTED
    else:
        note(say("internal_late", language, kind=type(cause).__name__))
        code = _internal(language)
    phrase = "written_all" if error.written else "written_none"
    note(say(phrase, language, files=", ".join(error.written)))
    return code


def _internal(language: str) -> int:
    note(say("internal_report", language))
    if os.environ.get("INCENTIVE_RULES_TRACEBACK"):
        traceback.print_exc()
    return Exit.INTERNAL


def _language_flag(arguments: list[str]) -> str:
    for number, argument in enumerate(arguments):
        if argument == "--lang" and number + 1 < len(arguments):
            return arguments[number + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return "auto"


def _usage(error: click.ClickException, language: str) -> str:
    """The message for a wrong argument, in the reader's language."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "incentive-rules"
    tail = say("usage_help", language, command=command)
    return f"{_usage_message(error, language)}\n{tail}"


def _usage_message(error: click.ClickException, language: str) -> str:
    if isinstance(error, click.NoSuchOption):
        known = [name for p in error.ctx.command.params for name in p.opts] if error.ctx else []
        return say("usage_option", language, name=echo(error.option_name)) + _did_you_mean(
            error.option_name, known, language
        )
    if isinstance(error, click.MissingParameter):
        return say("usage_missing", language, name=_parameter(error))
    if isinstance(error, click.BadParameter):
        choices = getattr(error, "choices", None) or getattr(error.param and error.param.type, "choices", None)
        value = echo(_value_given(error))
        if choices:
            listed = " | ".join(map(str, choices))
            return say("usage_value", language, name=_parameter(error), value=value, choices=listed)
        return say("usage_bad", language, name=_parameter(error), value=value)
    if isinstance(error, click.BadOptionUsage):
        return say("usage_argument", language, name=echo(error.option_name))
    if isinstance(error, NoSuchCommand):
        near = _did_you_mean(error.name, COMMANDS, language)
        return say("usage_command", language, name=echo(error.name)) + near
    message = error.format_message()
    if "unexpected extra argument" in message:
        return say("usage_extra", language, name=echo(message.partition("(")[2].rstrip(").")))
    return echo(message, 300)


def _did_you_mean(name: str, known: Sequence[str], language: str) -> str:
    return hint("did_you_mean", next(iter(nearest(name, known, 1)), ""), language)


def _parameter(error: click.BadParameter) -> str:
    if error.param is None:
        return error.param_hint if isinstance(error.param_hint, str) else ""
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    return (error.param.metavar or error.param.name or "").upper()


def _value_given(error: click.BadParameter) -> str:
    quoted = error.message.split("'")
    return quoted[1] if len(quoted) > 2 else error.message
