"""Verdicts made readable: as text for people, as JSON for programs, as JUnit for those that count tests."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from math import isfinite

from ..base.json_types import Json
from ..base.numbers import show_number
from ..base.places import Place
from ..base.text import escape, listed, pad, width
from ..base.words import both, in_language, word_in
from ..lang.keywords import BLOCKS
from ..lang.pay import IN_ENGLISH, RESULT_WORDS
from .curves import PayCurve
from .verdict import Counterexample, GroupGap, Happening, Measurement, Obstacle, ProofReport, Status, Verdict
from .verdict_junit import as_junit

FORMATS = ("text", "json", "junit")
STATUS_ZH = {
    Status.REFUTED: "已否定", Status.UNKNOWN: "未知", Status.INCONCLUSIVE: "无定论", Status.TESTED: "已测试",
    Status.ACCEPTED: "已接受", Status.PROVED: "已证明", Status.NOT_APPLICABLE: "不适用",
}  # fmt: skip
MOST_MET = 6  # of what was met at one obstacle
MOST_GAPS = 12  # of groups that are compared


def rendered(report: ProofReport, format: str, language: str) -> str:
    """A report of verdicts in one of `FORMATS`, in `en` or `zh`."""
    if format not in FORMATS:
        raise ValueError(f"format is one of {', '.join(FORMATS)}")
    if format == "json":
        return json.dumps(_as_json(report, language), ensure_ascii=False, indent=2)
    zh = language == "zh"
    if format == "junit":
        told = tuple(tuple(_verdict(verdict, language)) for verdict in report.verdicts)
        return as_junit(report, language, told, tuple(_what(verdict, language) for verdict in report.verdicts))
    lines = [line for verdict in report.verdicts for line in _verdict(verdict, language)]
    lines += [*_measures(report, language), *_directions(report, language), *_cliffs(report, language)]
    if report.not_promised:
        names = ("、" if zh else ", ").join(promise_word(name, language) for name in report.not_promised)
        lines += ["", f"{'没有承诺：' if zh else 'not promised: '}{names}"]
    lines += ["", _summary(report, language)]
    return "\n".join(lines)


def promise_word(keyword: str, language: str) -> str:
    """The keyword of a promise in a language."""
    return BLOCKS["promises"].by_key[keyword].spelling(language)


def _summary(report: ProofReport, language: str) -> str:
    zh = language == "zh"
    counts = [(status, report.count(status)) for status in Status]
    shown = ("，" if zh else ", ").join(f"{count} {_status(status, zh)}" for status, count in counts if count)
    periods = periods_text(report.periods)
    if not shown:
        return f"{'没有承诺' if zh else 'no promises'} ({periods})"
    return f"{shown}（{periods}）" if zh else f"{shown} ({periods})"


def periods_text(periods: tuple[str, ...]) -> str:
    """One or two periods, or the first and the last of several with how many they are."""
    return ", ".join(periods) if len(periods) <= 2 else f"{periods[0]} … {periods[-1]}: {len(periods)}"


def status_word(status: Status, language: str) -> str:
    """A verdict's word in a language."""
    return STATUS_ZH[status] if language == "zh" else status.value


def _status(status: Status, zh: bool) -> str:
    return status_word(status, "zh" if zh else "en")


def _what(verdict: Verdict, language: str) -> str:
    """A promise as it is called, with what it is about."""
    return promise_word(verdict.promise, language) + (f" · {verdict.subject}" if verdict.subject else "")


def _verdict(verdict: Verdict, language: str) -> Iterator[str]:
    zh = language == "zh"
    what = _what(verdict, language)
    status = _status(verdict.status, zh)
    gap = "  " if zh else " " * max(1, 12 - len(status))
    place = f"  {verdict.place.source.name}:{verdict.place.line}"
    yield escape(f"{status}{gap}{what}{place}")
    indent = " " * 4
    period = (f"（{verdict.period}）" if zh else f" ({verdict.period})") if verdict.period else ""
    yield escape(f"{indent}{word_in(verdict.grounds, language)}{period}")
    for pair in (*([] if verdict.counterexample is None else [verdict.counterexample]), *verdict.further):
        yield from (escape(f"{indent}{line}") for line in _pair(pair, language))
    yield from (escape(f"{indent}{line}") for line in _gaps(verdict.gaps, zh))
    for obstacle in verdict.obstacles:
        yield escape(f"{indent}- {_obstacle(obstacle, language)}")
        shown = [word_in(one, language) for one in obstacle.about[:MOST_MET]]
        more = len(obstacle.about) - len(shown)
        if shown:
            rest = (f" 等 {len(obstacle.about)} 处" if zh else f", and {more} more") if more > 0 else ""
            yield escape(f"{indent}  {('、' if zh else ', ').join(shown)}{rest}")
    for note in verdict.notes:
        yield escape(f"{indent}{word_in(note, language)}")


def _gaps(gaps: tuple[GroupGap, ...], zh: bool) -> Iterator[str]:
    """Each pair of groups with its gap, the interval and how many they are; the largest first."""
    for one in gaps[:MOST_GAPS]:
        where = f"{one.category}: " if one.category else ""
        pair = f"{one.by} {where}{one.group} / {one.reference}"
        n = " + ".join(f"{count:,}" for count in one.counts)
        yield f"  {pair}  {gap_text(one)}  {f'{n} 人' if zh else f'n {n}'}  {_status(one.status, zh)}"
    if len(gaps) > MOST_GAPS:
        more = len(gaps) - MOST_GAPS
        yield f"  …… 另有 {more} 对" if zh else f"  … and {more} more"


def gap_text(one: GroupGap) -> str:
    """A gap and its interval, in percent."""
    shown = "—" if one.gap is None else f"{show_number(one.gap * 100, 1)}%"
    return shown if one.interval is None else f"{shown} {interval_text(one)}"


def interval_text(one: GroupGap) -> str:
    """The interval of a gap, in percent; "" where no bounded one exists."""
    return "" if one.interval is None else f"[{_end(one.interval[0])}, {_end(one.interval[1])}]"


def _end(value: float) -> str:
    return f"{value * 100:.1f}%" if isfinite(value) else "∞" if value > 0 else "-∞"


HAPPENINGS = {
    Happening.PAYS_LESS: both("does better and is paid less", "做得更好，所得更少"),
    Happening.JUMPS: both("is one step further, and `{line}` changes by {amount}", "只差一步，`{line}` 变动 {amount}"),
    Happening.GAINS: both("gains {amount} of `{line}`", "`{line}` 多得 {amount}"),
    Happening.LEAVES: both("moves a row to another period, and here `{line}` changes by {amount}",
                           "把一行挪到别的周期，本周期 `{line}` 变动 {amount}"),
    Happening.COMES: both("has a row that comes from another period, and here `{line}` changes by {amount}",
                          "有一行从别的周期挪来，本周期 `{line}` 变动 {amount}"),
    Happening.DIFFERS: both("differs in `{line}` by {amount}", "`{line}` 相差 {amount}"),
    Happening.STAYS: both("does better, and `{line}` stays", "做得更好，`{line}` 不变"),
    Happening.REACHES: both("reaches {amount}", "达到 {amount}"),
}  # fmt: skip
MOST_CELLS_TOLD = 4  # of what differs between two worlds, in a line
OUR_WORDS = {"true": "是", "false": "否", "missing": "缺失"}
MEASURED = {
    "withholding_gains_at_most": both("largest gain by withholding", "少报最多多得"),
    "splitting_gains_at_most": both("largest gain by splitting", "拆分最多多得"),
    "moving_gains_at_most": both("largest gain by moving", "挪期最多多得"),
    "plateau_at_most": both("longest plateau", "最长的平台"),
    "highest_payout": both("highest payout", "最高发放"),
    "last_cent": both("last cent of a pool", "奖金池的最后一分"),
}


def result_word(name: str, language: str) -> str:
    """What a sum of pay lines is called, `net` or `实发`."""
    return in_language(language, *RESULT_WORDS[IN_ENGLISH.get(name, name)])


def happening_in(found: Counterexample, language: str) -> str:
    """What happens between the two worlds, in a language."""
    wording = word_in(HAPPENINGS[found.happening], language)
    return wording.replace("{line}", found.line).replace("{amount}", found.amount)


def _pair(found: Counterexample, language: str) -> Iterator[str]:
    """One person in two worlds: the cells that differ, then what follows from them and differs."""
    zh = language == "zh"
    yield f"`{found.who}` {happening_in(found, language)}" + ("：" if zh else ":")
    names = (*(name for name, _, _ in found.stages), *(one.name for one in found.changes))
    columns = max(map(width, names), default=0)
    for one in found.changes:
        where = (f"{one.table} 第 {one.row} 行" if zh else f"{one.table}, row {one.row}") if one.table else ""
        values = f"{value_in(one.before, language)} → {value_in(one.after, language)}"
        yield f"  {pad(one.name, columns)}  {values}" + (f"  ({where})" if where else "")
    for name, before, after in found.stages:
        yield f"  {pad(name, columns)}  {value_in(before, language)} → {value_in(after, language)}"


def value_in(value: str | None, language: str) -> str:
    """A value of one of two worlds: a word of ours in the language, a dash for a row that is not there."""
    if value is None:
        return "—"
    return in_language(language, value, OUR_WORDS[value]) if value in OUR_WORDS else value


def measure_word(keyword: str, language: str) -> str:
    """What a measure is called: by its own name, or as the promise that could be made of it."""
    return word_in(MEASURED[keyword], language) if keyword in MEASURED else promise_word(keyword, language)


def _measures(report: ProofReport, language: str) -> Iterator[str]:
    zh = language == "zh"
    if report.measures:
        yield ""
        yield "测得（试过的最大值，不是上限）：" if zh else "measured (the largest that was tried, and no bound):"
    for one in report.measures:
        tried = f"试 {one.tried} 对" if zh else f"{one.tried} tried"
        period = (f"，{one.period}" if zh else f", {one.period}") if one.period else ""
        name = measure_word(one.keyword, language) + (f" · {one.line}" if one.line else "")
        yield escape(f"    {name}：{one.amount}（{tried}{period}）" if zh
                     else f"    {name}: {one.amount}  ({tried}{period})")  # fmt: skip
        for found in (*(() if one.shown is None else (one.shown,)), *one.further):
            each = (f"{change.name} {value_in(change.before, language)} → {value_in(change.after, language)}"
                    for change in found.changes)  # fmt: skip
            cells = listed(each, MOST_CELLS_TOLD, "；" if zh else "; ")
            yield escape(f"      `{found.who}`{'：' if zh else ': '}{cells or happening_in(found, language)}")


def _directions(report: ProofReport, language: str) -> Iterator[str]:
    comma = in_language(language, ", ", "、")
    for one in report.directions:
        name = result_word(one.result, language) if one.result in IN_ENGLISH.values() else one.result
        told = (
            (one.raise_it, f"`{name}` never falls (proved) as these rise", f"以下各项升高时 `{name}` 不降（已证明）"),
            (one.lower_it, f"`{name}` never rises (proved) as these rise", f"以下各项升高时 `{name}` 不升（已证明）"),
            (one.open, f"`{name}` as these rise: nothing is proved", f"以下各项升高时 `{name}` 如何，未得证明"),
        )
        for facts, english, chinese in told:
            if facts:
                yield ""
                yield escape(in_language(language, f"{english}: {len(facts)}", f"{chinese}：{len(facts)}"))
                yield escape(f"    {comma.join(facts)}")


def _cliffs(report: ProofReport, language: str) -> Iterator[str]:
    """Where directions are listed, the steps at which a result changes, for one example."""
    zh = language == "zh"
    found = report.draw(language) if report.directions and report.draw is not None else None
    told = [one for one in found.curves if one.cliffs] if found is not None else []
    if found is None or not told:
        return
    who = ("、" if zh else ", ").join(f"{name} {value}" for name, value in found.who)
    name = found.line if found.of_facts else found.title
    yield ""
    yield escape(f"`{name}` 的断崖（一格之差），以一例计（{who}），其余不变：" if zh
                 else f"cliffs of `{name}`, one step wide, for one example ({who}), all else equal:")  # fmt: skip
    for one in told:
        yield escape(f"    {one.indicator}  {_cliffs_of(one, min(found.decimals, 4), zh)}")


def _cliffs_of(curve: PayCurve, decimals: int, zh: bool) -> str:
    """How many, between which values, and the largest."""
    cliffs = curve.cliffs
    low, high = max(cliffs, key=lambda pair: abs(pair[1].amount - pair[0].amount))
    change = high.amount - low.amount
    largest = f"{'+' if change > 0 else ''}{show_number(change, decimals)}"
    where = f"{show_number(low.value)} → {show_number(high.value)}"
    if len(cliffs) == 1:
        return f"{where}：{largest}" if zh else f"{where}: {largest}"
    ends = f"{show_number(cliffs[0][1].value)} … {show_number(cliffs[-1][1].value)}"
    return (f"{len(cliffs)} 处（{ends}），最大 {largest}（{where}）" if zh
            else f"{len(cliffs)} of them ({ends}), the largest {largest} ({where})")  # fmt: skip


def _obstacle(obstacle: Obstacle, language: str) -> str:
    line = f":{obstacle.place.line}" if obstacle.place is not None else ""
    return f"`{obstacle.name}`{line} {word_in(obstacle.reason, language)}"


def _as_json(report: ProofReport, language: str) -> Json:
    return {
        "scheme": report.scheme.name,
        "periods": list(report.periods),
        "verdicts": [_verdict_json(verdict, language) for verdict in report.verdicts],
        "not_promised": list(report.not_promised),
        "measures": [_measure_json(one) for one in report.measures],
        "directions": [
            {
                "result": one.result,
                "raised_by": list(one.raise_it),
                "lowered_by": list(one.lower_it),
                "open": list(one.open),
            }
            for one in report.directions
        ],
        "cliffs": _cliffs_json(report, language),
        "ok": report.ok,
    }


def _cliffs_json(report: ProofReport, language: str) -> Json:
    """Where directions are listed: by what is moved, each cliff with the values on both sides and what comes out."""
    found = report.draw(language) if report.directions and report.draw is not None else None
    return {
        one.indicator: [
            {"before": show_number(low.value), "after": show_number(high.value),
             "from": show_number(low.amount, found.decimals), "to": show_number(high.amount, found.decimals)}
            for low, high in one.cliffs
        ]
        for one in found.curves
    } if found is not None else {}  # fmt: skip


def _verdict_json(verdict: Verdict, language: str) -> Json:
    return {
        "status": verdict.status.value,
        "promise": verdict.promise,
        "principle": verdict.principle,
        "subject": verdict.subject,
        "period": verdict.period,
        "grounds": word_in(verdict.grounds, language),
        "place": _place(verdict.place),
        "obstacles": [
            {
                "name": one.name,
                "reason": word_in(one.reason, language),
                "place": None if one.place is None else _place(one.place),
                "about": [word_in(about, language) for about in one.about],
            }
            for one in verdict.obstacles
        ],
        "notes": [word_in(note, language) for note in verdict.notes],
        "counterexample": None if verdict.counterexample is None else _pair_json(verdict.counterexample),
        "further": [_pair_json(one) for one in verdict.further],
        "gaps": [_gap_json(one) for one in verdict.gaps],
    }


def _gap_json(one: GroupGap) -> Json:
    ends: list[Json] = [f"{end:.6f}" if isfinite(end) else None for end in one.interval or ()]
    return {
        "by": one.by,
        "within": one.within or None,
        "category": one.category or None,
        "group": one.group,
        "reference": one.reference,
        "counts": list(one.counts),
        "gap": None if one.gap is None else show_number(one.gap, 6),
        "interval": ends or None,
        "status": one.status.value,
    }


def _pair_json(found: Counterexample) -> Json:
    return {
        "happening": found.happening.value,
        "who": found.who,
        "line": found.line,
        "amount": found.amount,
        "changes": [
            {"table": one.table, "row": one.row, "name": one.name, "before": one.before, "after": one.after}
            for one in found.changes
        ],
        "stages": [{"name": name, "before": before, "after": after} for name, before, after in found.stages],
        "world": _world_json(found.world),
        "other": _world_json(found.other),
    }


def _world_json(world: Mapping[str, tuple[Mapping[str, str], ...]]) -> Json:
    return {table: [dict(row) for row in rows] for table, rows in world.items()}


def _measure_json(one: Measurement) -> Json:
    return {
        "measure": one.keyword,
        "line": one.line,
        "amount": one.amount,
        "tried": one.tried,
        "period": one.period,
        "shown": None if one.shown is None else _pair_json(one.shown),
        "further": [_pair_json(found) for found in one.further],
    }


def _place(place: Place) -> Json:
    return {"file": place.source.name, "line": place.line, "column": place.column}
