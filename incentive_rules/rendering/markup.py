"""Markup built so that whatever a scheme or data say stays text: a plain string is always escaped."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Callable

from ..base.text import escape


class Html(str):
    """Markup that was built here; every other string is text."""

    __slots__ = ()


def text(said: str) -> Html:
    """A text as markup: nothing in it is a tag, and what hides or turns a line around is written out."""
    return Html(html.escape(escape(said), quote=True))


def markup_of(*parts: str, between: str = "") -> Html:
    """Parts one after the other."""
    return Html(text(between).join(part if isinstance(part, Html) else text(part) for part in parts))


def el(name: str, *inside: str, **attributes: str | int | None) -> Html:
    """An element; `class_` is the attribute class, `aria_label` is aria-label, and None leaves an attribute out."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(str(value))}"' for key, value in attributes.items()
        if value is not None
    )  # fmt: skip
    return Html(f"<{name}{told}>{markup_of(*inside)}</{name}>")


def with_names(said: str, title: Callable[[str], str]) -> Html:
    """A phrase whose names stand between backticks, each as it is called; as code where it has no title."""
    parts = said.split("`")
    return markup_of(*(_named(part, title(part)) if n % 2 else text(part) for n, part in enumerate(parts)))


def _named(name: str, title: str) -> Html:
    return el("code", name) if title == name else text(title)


def whole_page(title: str, language: str, style: str, body: Html) -> str:
    """A page that may load nothing and run nothing: its one sheet of style is known by its sum."""
    known = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{known}'; base-uri 'none'; form-action 'none'"
    return "\n".join((
        "<!doctype html>",
        f'<html lang="{"zh-CN" if language == "zh" else "en"}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{text(policy)}">'.replace("&#x27;", "'"),
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        el("title", title),
        f"<style>{style}</style>",
        "</head>",
        el("body", body),
        "</html>",
        "",
    ))  # fmt: skip
