"""The words of an audit's report, in both languages."""

from __future__ import annotations

from ..base.words import filled

_WORDS: dict[str, tuple[str, str]] = {
    "title": (
        "audit: {people}; intervals of {confidence}; no group of fewer than {least} is shown",
        "审计：{people}；区间的置信水平 {confidence}；不足 {least} 人的组不显示",
    ),
    "title_all": ("audit: {people}; intervals of {confidence}; every group is shown, however small",
                  "审计：{people}；区间的置信水平 {confidence}；显示所有组，不论人数"),
    "people": ("{count} people", "{count} 人"),
    "person": ("{count} person", "{count} 人"),
    "people_of": ("{of} {count}", "{of} {count} 人"),
    "left_missing": ("left out: {count} without `{name}`", "未计入：{count}，没有 `{name}`"),
    "left_small": ("left out: {count}, in groups too small to be shown", "未计入：{count}，所在的组人数太少"),
    "left_out_of_scope": ("left out: {count} to whom the scheme does not apply", "未计入：{count}，方案不适用"),
    "left_set_aside": ("left out: {count} whose data were set aside", "未计入：{count}，数据有问题，已隔离"),
    "fewer": ("fewer than {least} people", "不足 {least} 人"),
    "by": ("{of} by {by}", "{of}，按 {by}"),
    "by_within": ("{of} by {by} within {within}", "{of}，按 {by}，在各 {within} 内"),
    "group": ("group", "组"),
    "everyone": ("all", "全部"),
    "n": ("n", "人数"),
    "share": ("share", "比例"),
    "mean": ("mean", "平均"),
    "median": ("median", "中位数"),
    "deviation": ("st. dev.", "标准差"),
    "least": ("least", "最低"),
    "greatest": ("greatest", "最高"),
    "receiving": ("above 0", "大于 0"),
    "bands": ("of each quarter of all, lowest paid first", "各四分位组中的占比（由低到高）"),
    "value": ("value", "数值"),
    "interval": ("interval", "区间"),
    "verdict": ("verdict", "结论"),
    "groups": ("groups", "组别"),
    "nominal": ("nominal", "名义"),
    "mean_gap": ("gap of means", "平均差距"),
    "median_gap": ("gap of medians", "中位数差距"),
    "standardised_gap": ("gap within {within}, put together", "各 {within} 内差距的综合"),
    "reversal": (
        "Simpson's reversal: share of categories that point the other way", "辛普森悖论：方向相反的类别所占比例",
    ),
    "rate_ratio": ("ratio of shares", "比例之比"),
    "gini": ("Gini coefficient", "基尼系数"),
    "ceiling": ("share at the highest score", "最高分所占比例"),
    "floor": ("share at the lowest score", "最低分所占比例"),
    "effective_weight": ("effective weight", "有效权重"),
    "grade_flips": ("share that noise changes", "因误差而改变的比例"),
    "of_pair": ("{group} against {reference}", "{group} 对 {reference}"),
    "limit_gap": ("limit {limit} either way", "限度：上下各 {limit}"),
    "limit_ratio": ("at least {limit}", "不低于 {limit}"),
    "limit_most": ("at most {limit}", "不高于 {limit}"),
    "limit_weight": ("at least {limit} of the nominal weight", "不低于名义权重的 {limit}"),
    "indicators": ("indicators", "指标"),
    "noise": ("under the declared noise", "在声明的误差下"),
    "inside": ("inside", "在限度内"),
    "outside": ("OUTSIDE", "超出限度"),
    "inconclusive": ("inconclusive", "无法判定"),
    "no_value": ("none", "无"),
    "no_interval": ("none that is bounded", "无有界区间"),
    "more": ("… and {count} more (--format json has all)", "…… 另有 {count} 行（--format json 列出全部）"),
    "not_shown": (
        "{cells} groups in {categories} of {within} are not shown: they are small, or would tell of small ones",
        "{within} 中有 {categories} 个类别的 {cells} 个组不显示：人数太少，或会透露人数太少的组",
    ),
    "one_group": ("`{name}` has one group only: there is nothing to compare", "`{name}` 只有一个组，无从比较"),
    "no_group": ("`{name}` is empty for everybody: there is nothing to compare", "`{name}` 全部为空，无从比较"),
    "hidden_groups": (
        "groups of `{name}` are not shown: with those named before it they would tell of few people; ask for it alone",
        "`{name}` 的部分组不显示：与前面的分组合在一起会透露少数人的情况；可单独按它分组",
    ),
    "few_groups": (
        "`{name}` has fewer than two groups of {least} or more: there is nothing to compare",
        "`{name}` 中不足两个达到 {least} 人的组，无从比较",
    ),
    "total": (
        "{outside} outside, {inconclusive} inconclusive, {inside} inside their limits",
        "超出限度 {outside} 项，无法判定 {inconclusive} 项，在限度内 {inside} 项",
    ),
    "chance": (
        "each interval misses the truth in {missed} of cases: of {count} figures expect {expected} to",
        "每个区间有 {missed} 的机会不含真值：{count} 项中预计有 {expected} 项",
    ),
    "methods": ("intervals", "区间方法"),
    "fieller": ("means: Fieller, Welch", "均值：Fieller、Welch"),
    "price_bonett": ("medians: Price and Bonett, Fieller", "中位数：Price 与 Bonett、Fieller"),
    "fieller_sums": ("categories put together: Fieller", "综合各类别：Fieller"),
    "miettinen_nurminen": ("ratios of shares: Miettinen and Nurminen", "比例之比：Miettinen 与 Nurminen"),
    "jackknife": ("Gini: jackknife", "基尼系数：刀切法"),
    "clopper_pearson": ("shares: Clopper and Pearson", "比例：Clopper 与 Pearson"),
    "white": ("effective weights: White", "有效权重：White"),
    "student": ("noise: Student", "误差：Student"),
}


def say_audit(phrase: str, language: str, **holes: object) -> str:
    """The phrase in `zh` or `en`, its holes filled."""
    return filled(_WORDS[phrase], language, holes)
