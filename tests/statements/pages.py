"""A slip's page read back as a reader sees it: tables of texts, and what they must add up to."""

from __future__ import annotations

import re
from fractions import Fraction
from html.parser import HTMLParser

NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?")


class PageReader(HTMLParser):
    """The tables of a page, row by row, each cell its text; and the paragraphs."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[tuple[dict[str, str], list[tuple[dict[str, str], list[str]]]]] = []
        self.paragraphs: list[tuple[dict[str, str], str]] = []
        self._cell: list[str] | None = None
        self._paragraph: list[str] | None = None
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {key: value or "" for key, value in attrs}
        self.tags.add(tag)
        if tag == "table":
            self.tables.append((told, []))
        elif tag == "tr":
            self.tables[-1][1].append((told, []))
        elif tag in ("td", "th"):
            self._cell = []
        elif tag == "p":
            self._paragraph = []
            self.paragraphs.append((told, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.tables[-1][1][-1][1].append("".join(self._cell).strip())
            self._cell = None
        elif tag == "p" and self._paragraph is not None:
            told, _ = self.paragraphs[-1]
            self.paragraphs[-1] = (told, "".join(self._paragraph))
            self._paragraph = None

    def handle_data(self, data: str) -> None:
        for kept in (self._cell, self._paragraph):
            if kept is not None:
                kept.append(data)


def number(text: str) -> Fraction:
    """`1,234.50`, `40%`, `31/92` as a number."""
    bare = text.replace(",", "").replace("−", "-")
    return Fraction(bare[:-1]) / 100 if bare.endswith("%") else Fraction(bare)


def added_again(page: str) -> int:
    """How many sums of the page were added again; AssertionError at the first that does not add up."""
    read, count = PageReader(page), 0
    for told, rows in read.tables:
        if "pay" in told["class"].split():
            *lines, total = [cells[-1] for _, cells in rows]
            assert sum(map(number, lines)) == number(total), (lines, total)
            count += 1
        elif "ind" in told["class"].split():
            count += scores_added_again(rows)
    for told, text in read.paragraphs:
        if told.get("data-sum") or told.get("class") == "sum":
            count += told.get("data-sum") is not None or check_net(text)
            if told.get("data-sum"):
                *parts, total = NUMBER.findall(text)
                assert sum(map(number, parts)) == number(total), text
    return count


def check_net(text: str) -> bool:
    terms, net = text.split("=")
    found = Fraction(0)
    for sign, term in re.findall(r"([+−]?)([^+−]+)", terms):
        *_, amount = re.findall(r"-?[\d,]+\.\d+", term)
        found += number(amount) * (-1 if sign == "−" else 1)
    assert found == number(NUMBER.findall(net)[-1]), text
    return True


def scores_added_again(rows: list[tuple[dict[str, str], list[str]]]) -> int:
    """Each group's sum, its division and rounding, and each product."""
    body = [(told, cells) for told, cells in rows if "data-depth" in told]
    noted = {rows[place - 1][1][0] for place, (told, _) in enumerate(rows) if "note" in told.get("class", "")}
    ordered = [body[-1], *body[:-1]] if body and body[-1][0]["data-depth"] == "0" else body
    count = 0
    for place, (told, cells) in enumerate(ordered):
        title, measured, _, score, weight, product = cells
        depth = int(told["data-depth"])
        if product:
            assert number(score) * number(weight) == number(product), cells
        if not set(told["class"].split()) & {"g", "tot"} or not NUMBER.search(measured):
            continue
        below = []
        for further, parts in ordered[place + 1 :]:
            if int(further["data-depth"]) <= depth:
                break
            if int(further["data-depth"]) == depth + 1 and parts[-1]:
                below.append(number(parts[-1]))
        terms = re.findall(r"[\d.,/]+%?", measured)
        assert sum(below) == number(terms[0]), (title, below, measured)
        mean = number(terms[0]) / (number(terms[1]) if len(terms) > 1 else 1)
        if title not in noted:
            assert abs(mean - number(score)) <= Fraction(1, 20_000), (cells, mean)
        count += 1
    return count


