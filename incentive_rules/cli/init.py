"""`init`: a small scheme that passes its own examples, data for it, and a few lines on what to do next."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from ..base.text import echo
from ..loading.shape.json_schema import schema_name, shipped_schema
from . import options
from .console import language_of, note, out
from .data_workbook import write_data_workbook
from .exits import Exit
from .schema import MODELINE
from .wording import say

SCAFFOLDS = {
    "en": (("scheme.yaml", "scheme.yaml"), ("people.csv", "people.csv"), ("README.md", "README.md")),
    "zh": (("scheme.zh.yaml", "方案.yaml"), ("people.zh.csv", "数据.csv"), ("README.zh.md", "说明.md")),
}


SAYS = "make a small scheme to begin with · 生成一份可以起步的方案"


@click.command(name="init", help=SAYS, short_help=SAYS)
@click.argument("folder", metavar="[FOLDER]", default=".")
@click.option(
    "--data", "scheme", metavar="SCHEME",
    help="an empty workbook for the data of this scheme · 为此方案生成空的数据工作簿",
)
@click.option("--out", "target", metavar="FILE", help="the workbook, .xlsx · 工作簿文件名")
@options.period
@options.language
def init_command(folder: str, scheme: str | None, target: str | None, period: str | None, lang: str) -> int:
    language = language_of(lang)
    if scheme is not None:
        return write_data_workbook(scheme, target, period, lang)
    if target is not None or period is not None:
        note(say("out_needs_data", language))
        return Exit.USAGE
    place = Path(folder)
    scaffold = SCAFFOLDS[language]
    schema = schema_name(language)
    taken = [name for name in (*(name for _, name in scaffold), schema) if (place / name).exists()]
    if taken:
        for name in taken:
            note(say("refused_overwrite", language, file=echo(name)))
        return Exit.USAGE
    try:
        place.mkdir(parents=True, exist_ok=True)
        for source, name in scaffold:
            text = files("incentive_rules.cli").joinpath("scaffold", source).read_text("utf-8")
            if name == scaffold[0][1]:
                text = f"{MODELINE}{schema}\n{text}"
            # A mark at the start tells a spreadsheet that the csv is UTF-8.
            (place / name).write_text(text, "utf-8-sig" if name.endswith(".csv") else "utf-8")
            out(say("made", language, file=echo(str(place / name))))
        (place / schema).write_text(shipped_schema(language), "utf-8")
        out(say("made", language, file=echo(str(place / schema))))
    except OSError as error:
        note(say("cannot_write", language, file=echo(folder), reason=error.strerror or ""))
        return Exit.USAGE
    made, data = (str(place / name) for _, name in scaffold[:2])
    out()
    out(say("init_next", language))
    out(f"  incentive-rules check {made}")
    out(f"  incentive-rules test {made}")
    out(f"  incentive-rules run {made} {data} --period 2026-04")
    return Exit.CLEAN
