"""Verdicts by shape, word and colour, so that no reader needs the colour."""

from __future__ import annotations

from ..model.verdict import Status
from ..model.verdict_text import status_word
from .markup import Html, el, markup_of

CLASS_OF = {
    Status.REFUTED: "refuted", Status.UNKNOWN: "unknown", Status.INCONCLUSIVE: "inconclusive",
    Status.TESTED: "tested", Status.ACCEPTED: "accepted", Status.PROVED: "proved", Status.NOT_APPLICABLE: "none",
}  # fmt: skip


def badge(status: Status, language: str) -> Html:
    return el("span", _icon(status), status_word(status, language), class_=f"b {CLASS_OF[status]}")


def _icon(status: Status) -> Html:
    ring: dict[str, str] = {"cx": "8", "cy": "8", "r": "7", "fill": "none", "stroke": "currentColor"}
    match status:
        case Status.PROVED:
            parts = [el("circle", cx=8, cy=8, r="7.5", fill="currentColor"), _inside("M4.4 8.4l2.4 2.4 4.8-5.2")]
        case Status.REFUTED:
            parts = [el("path", d="M8 0l8 8-8 8-8-8z", fill="currentColor"), _inside("M5.5 5.5l5 5m0-5l-5 5")]
        case Status.ACCEPTED:
            half = el("path", d="M8 1a7 7 0 0 1 0 14z", fill="currentColor")
            parts = [el("circle", **ring, stroke_width="1.5"), half]
        case Status.TESTED:
            parts = [el("circle", **ring, stroke_width="1.5"), el("circle", cx=8, cy=8, r="2.6", fill="currentColor")]
        case Status.NOT_APPLICABLE:
            dash = el("path", d="M5 8h6", stroke="currentColor", stroke_width="1.5")
            parts = [el("circle", **ring, stroke_width="1"), dash]
        case Status.UNKNOWN | Status.INCONCLUSIVE:
            sign = "?" if status is Status.UNKNOWN else "±"
            inside = el("text", sign, x=8, y="11.6", text_anchor="middle", font_size="10.5", font_weight=700,
                        fill="currentColor", class_="sign")  # fmt: skip
            parts = [el("circle", **ring, stroke_width="1.5", stroke_dasharray="2.4 2"), inside]
    return el("svg", markup_of(*parts), class_="ic", viewBox="0 0 16 16", width=16, height=16, aria_hidden="true")


def _inside(drawn: str) -> Html:
    """A line in the colour of the paper, on a shape that is filled."""
    return el("path", d=drawn, fill="none", class_="on", stroke_width="1.8")
