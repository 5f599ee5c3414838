"""The page about promises: whole, quiet, in both languages, and neutral whatever titles and data say."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.cli import main
from incentive_rules.model.verdict import ProofReport
from incentive_rules.rendering.markup import el, markup_of, text, with_names
from incentive_rules.rendering.two_cases import shown_in_case
from tests.proving.test_groups_compared import SCHEME as CALLERS
from tests.proving.test_groups_compared import people
from tests.proving.test_search import HEAD, WORK

VOID = {"meta", "input", "br"}
ALLOWED = {
    "html", "head", "title", "style", "meta", "body", "a", "main", "header", "h1", "h2", "h3", "p", "b", "i", "ul",
    "li", "div", "strong", "span", "svg", "circle", "path", "text", "section", "table", "thead", "tbody", "tr", "th",
    "td", "small", "code", "details", "summary", "caption", "figure", "figcaption",
}  # fmt: skip


class Read(HTMLParser):
    """What a browser sees: tags that open and close, their attributes, and texts."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def said(self) -> str:
        return " ".join(" ".join(self.texts).split())


@cache
def report() -> ProofReport:
    promised = "all, never_reads: [skilled], every_indicator_counts: true, compare_groups: {groups: [dept]}"
    scheme = HEAD + WORK.replace("AMOUNT", "10 * total if jobs < 50 else 300").replace("PROMISED", promised)
    return ir.prove(text=scheme.replace("title: P", "title: Fair & <b>square</b>"), period="2026-01")


def read(language: str = "en") -> Read:
    found = Read(report().render("html", language))
    assert found.open == [], "everything is closed"
    return found


def nets() -> tuple[Decimal, Decimal]:
    """What is paid out in the two cases, as the report has it."""
    pair = report().verdicts[0].counterexample
    assert pair is not None and pair.stages[-1][0] == "net"
    return Decimal(pair.stages[-1][1]), Decimal(pair.stages[-1][2])


def test_the_page_has_the_verdicts_and_the_two_cases() -> None:
    said = read().said
    assert "Report on promises" in said and "The scheme makes 4 promises." in said
    before, after = nets()
    assert f"Better never pays less ({before - after} less)" in said
    assert "jobs 49 50 ▲ +1" in said, "the fact"
    assert f"net {before} {after} ▼ −{before - after}" in said.lower(), "the money"
    assert "Not promised" in said


def test_in_chinese() -> None:
    page = report().render("html", "zh")
    assert '<html lang="zh-CN">' in page
    said = read("zh").said
    before, after = nets()
    assert "承诺核对报告" in said and f"做得更好不少得（少得 {before - after}）" in said
    assert f"实发 {before} {after} ▼ −{before - after}" in said


def test_it_loads_nothing_and_runs_nothing() -> None:
    found = read()
    assert {tag for tag, _ in found.tags} <= ALLOWED
    for tag, attributes in found.tags:
        assert not {name for name in attributes if name.startswith("on") or name in ("style", "src")}, tag
        link = attributes.get("href")
        assert link is None or link.startswith("#")
        if link is not None:
            assert link[1:] in {one.get("id") for _, one in found.tags}, link
    policies = [one for tag, one in found.tags if one.get("http-equiv") == "Content-Security-Policy"]
    assert policies and (policies[0]["content"] or "").startswith("default-src 'none'; style-src 'sha256-")
    page = report().render("html")
    assert "http://" not in page and "https://" not in page and "@import" not in page and "url(" not in page


def test_ids_are_told_once() -> None:
    ids = [one["id"] for _, one in read().tags if "id" in one]
    assert len(ids) == len(set(ids))


HOSTILE = '<img src=x onerror="alert(1)"></title></style><script>alert(2)</script>\' & `code`'


def test_titles_and_data_stay_text() -> None:
    assert "Fair & <b>square</b>" in read().said
    scheme = CALLERS.replace("PROMISE", "{groups: [team], within: post}").replace(
        "gender: {type: category, one_of: [F, M]}", "team: {type: category}"
    ).replace("scheme: callers", "scheme: callers\ntitle: 'T </title><script>alert(0)</script>'")
    rows = [{**row, "team": (HOSTILE, "M")[row["gender"] == "M"]} for row in people()]
    found = ir.prove(text=scheme, period="2026-02", data=[{k: v for k, v in r.items() if k != "gender"} for r in rows])
    page = Read(found.render("html"))
    assert page.open == []
    assert {tag for tag, _ in page.tags} <= ALLOWED
    assert HOSTILE in "".join(page.texts)


def test_only_what_is_built_is_markup() -> None:
    assert el("p", "<b>", class_='"x"') == '<p class="&quot;x&quot;">&lt;b&gt;</p>'
    assert markup_of(el("i", "a"), "<", between="&") == "<i>a</i>&amp;&lt;"
    assert text("a\u202eb\n") == "a\\u202eb\\n"
    assert with_names("of `a<b` and `t`", lambda name: {"t": "Title"}.get(name, name)) == (
        "of <code>a&lt;b</code> and Title"
    )


def test_the_command_prints_the_page(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "scheme.yaml"
    file.write_text(HEAD + WORK.replace("AMOUNT", "10 * total").replace("PROMISED", "all"), "utf-8")
    assert main(["prove", str(file), "--period", "2026-01", "--format", "html", "--lang", "zh"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("<!doctype html>") and "已证明" in page
    target = tmp_path / "page.html"
    assert main(["prove", str(file), "--period", "2026-01", "--format", "html", "--out", str(target)]) == 0
    assert target.read_text("utf-8").startswith("<!doctype html>")
    assert capsys.readouterr().out == ""
    assert main(["prove", str(file), "--period", "2026-01", "--out", str(tmp_path / "none" / "page.html")]) == 2


def test_every_verdict_has_its_shape_and_its_word() -> None:
    page = read()
    badges = [one for tag, one in page.tags if tag == "span" and (one.get("class") or "").startswith("b ")]
    assert len(badges) >= len(report().verdicts)
    assert "REFUTED" in page.said and "N/A" in page.said


def test_words_of_ours_are_the_readers_and_names_are_titles() -> None:
    """Something that comes or goes is 缺失 in Chinese, and a limit names its line as the scheme does."""
    scheme = HEAD + WORK.replace("AMOUNT", "{title: 奖金, amount: 10 * total}").replace("PROMISED", "all")
    scheme = scheme.replace("    amount: {title", "    {title").replace("  bonus:\n    {title", "  bonus: {title")
    scheme = scheme.replace("better_never_pays_less: all", "largest_jump: {line: bonus, at_most: 1500.5}")
    found = ir.prove(text=scheme, period="2026-01")
    assert "最大跳变 · 奖金 ≤ 1,500.5" in Read(found.render("html", "zh")).said
    assert (shown_in_case("missing", "zh"), shown_in_case("true", "en")) == ("缺失", "true")
    assert (shown_in_case("-1234.50", "en"), shown_in_case("7/6 (≈ 1.1667)", "en")) == ("−1,234.50", "≈ 1.1667")
