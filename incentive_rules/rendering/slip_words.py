"""The words of a slip, in both languages: `say_slip("total", "zh")`."""

from __future__ import annotations

from ..base.words import filled

_WORDS: dict[str, tuple[str, str]] = {
    "slip": ("Pay slip", "工资单"),
    "example": ("Example numbers, not for paying anybody.", "示例数字，不得用于发薪。"),
    "period": ("{period}: {first} to {last}", "{period}：{first} 至 {last}"),
    "version": ("version {version}", "版本 {version}"),
    "out_of_scope": ("The scheme does not apply to this person in this period.", "本期不属于本方案的适用对象。"),
    "in_words": ("in words: {words}", "人民币{words}"),
    "scores": ("Where the score comes from", "得分是怎么来的"),
    "scores_how": (
        "the parts’ score × weight adds up to the sum of their group (÷ the known weight), rounded to its score",
        "各项“得分 × 权重”相加为组的合计，除以已知权重并舍入，就是组的得分",
    ),
    "indicator": ("Indicator", "指标"),
    "measured": ("Measured", "实际值"),
    "bar": ("whole: what it can give; dark: what it gave", "全长为最多可得，深色为已得"),
    "bar_of": ("{got}% of the whole, of {full}% possible", "占总分 {got}%，最多 {full}%"),
    "score": ("Score", "得分"),
    "weight": ("Weight", "权重"),
    "product": ("Score × weight", "得分 × 权重"),
    "sum": ("sum", "合计"),
    "line": ("Line", "项目"),
    "how": ("How", "算法"),
    "amount": ("Amount", "金额"),
    "nothing": ("0 this time", "本期为 0"),
    "employer": ("paid by the employer besides", "由单位另行承担"),
    "basis": ("What these figures stand on", "所依据的数"),
    "standing": ("Honours and entitlements", "荣誉与权益"),
    "what_if": ("If one thing had been different", "假如一件事不同"),
    "what_if_how": (
        "all else equal; the nearest value that changes the amount, the whole company computed again",
        "其他一切不变；使金额改变的最近数值，全公司重新计算",
    ),
    "ask": ("Whom to ask", "有疑问找谁"),
    "appeal": ("Appeal within: {appeal}", "申诉期限：{appeal}"),
    "responsible": ("{title}: {responsible}", "{title}：{responsible}"),
    "due": (" ({due})", "（{due}）"),
    "fingerprints": ("Fingerprints of this run", "本次计算的指纹"),
    "scheme": ("scheme", "方案"),
    "data": ("data", "数据"),
    "result": ("result", "结果"),
    "index": ("Pay slips", "工资单目录"),
    "people": ("{count} people", "{count} 人"),
    "one_person": ("1 person", "1 人"),
    "key": ("Key", "编号"),
    "separator": ("; ", "；"),
    "because": (" ({why})", "（{why}）"),
}


def say_slip(word: str, language: str, **holes: object) -> str:
    """The wording of `word` with its holes filled; English for any language but zh."""
    return filled(_WORDS[word], language, holes)
