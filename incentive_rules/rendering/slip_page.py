"""Slips as pages: HTML of one sheet that loads nothing and runs nothing, or Markdown; and the page that lists them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from ..base.errors import MissingExtra
from ..base.numbers import show_number
from ..base.text import escape
from ..base.words import in_language
from ..model.slip import PaySlip
from .markup import Html, whole_page
from .slip_style import SLIP_STYLE
from .slip_words import say_slip

if TYPE_CHECKING:
    from jinja2 import Environment, Template

INSTALL = "pip install 'incentive_rules[pages]'"
MARKDOWN_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&])")
ENDINGS = {"html": ".html", "md": ".md"}


@frozen
class IndexEntry:
    """A line of the index: whose slip, in which file, and what is paid out."""

    key: str
    file: str
    net: str


def need_jinja(language: str = "en") -> None:
    """`MissingExtra` where jinja2 is not installed."""
    if find_spec("jinja2") is None:
        raise MissingExtra(in_language(language, "slips need jinja2: ", "工资单要用 jinja2：") + INSTALL, INSTALL)


def slip_page(slip: PaySlip) -> str:
    """The page of one slip."""
    language, scale = slip.language, max((row.full for row in slip.scores), default=Fraction(1))
    body = _template("slip_page.html.j2").render(
        s=slip, t=partial(_said, language), percent=_percent, scale=_percent(scale or Fraction(1))
    )  # fmt: skip
    return whole_page(f"{say_slip('slip', language)} {slip.key} {slip.period}", language, SLIP_STYLE, Html(body))


def slip_text(slip: PaySlip) -> str:
    """The slip as Markdown, in which no text of the scheme or the data marks anything."""
    text = _template("slip_page.md.j2").render(s=slip, t=partial(_said, slip.language))
    return re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"


def index_page(entries: Sequence[IndexEntry], told: str, net_title: str, language: str) -> str:
    """The page that lists the slips of a folder; `told` says of which scheme and period they are."""
    count = say_slip("one_person" if len(entries) == 1 else "people", language, count=f"{len(entries):,}")
    body = _template("slip_index.html.j2").render(
        entries=entries, told=f"{told} · {count}", net_title=net_title, t=partial(_said, language)
    )  # fmt: skip
    return whole_page(f"{say_slip('index', language)} · {told}", language, SLIP_STYLE, Html(body))


def _said(language: str, word: str, **holes: object) -> str:
    return say_slip(word, language, **holes)


def _percent(part: Fraction) -> str:
    """A part of the whole in percent, for a length."""
    return show_number(part * 100, 3)


@cache
def _template(name: str) -> Template:
    return _environment(name.endswith(".html.j2")).get_template(name)


@cache
def _environment(is_html: bool) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    finalize: Callable[[object], object] = _visible if is_html else _plain
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined, finalize=finalize,
        autoescape=is_html,  # noqa: S701 - `finalize` neutralizes Markdown
    )  # fmt: skip


def _visible(value: object) -> object:
    """A text with whatever hides or turns a line around written out."""
    return escape(value) if type(value) is str else value


def _plain(value: object) -> object:
    """A text in which nothing is a mark of Markdown."""
    return MARKDOWN_MARKS.sub(r"\\\1", escape(value).replace("\n", " ")) if type(value) is str else value
