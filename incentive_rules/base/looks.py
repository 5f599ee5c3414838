"""Characters that look alike: letters of other scripts drawn as Latin ones, Chinese characters easily mixed up."""

from __future__ import annotations

import unicodedata

from .text import simplified

# Letters of other scripts, and digits, that are drawn as a Latin letter is; marks that are drawn alike.
_DRAWN_AS = {
    "АΑ": "A", "ВΒ": "B", "Ϲ": "C", "ЕΕ": "E", "НΗ": "H", "ІΙ": "I", "Ј": "J", "КΚ": "K", "МΜ": "M", "Ν": "N",
    "ОΟ": "O", "РΡ": "P", "Ѕ": "S", "ТΤ": "T", "ХΧ": "X", "УΥ": "Y", "Ζ": "Z", "а": "a", "с": "c", "е": "e", "һ": "h",
    "іι": "i", "ј": "j", "ӏ": "l", "оο": "o", "рρ": "p", "ѕ": "s", "υ": "u", "ν": "v", "ԝ": "w", "х": "x", "у": "y",
    "‐‑‒–—―−﹣ーㅡ": "-", "·•‧・∙⋅": "·", "‘’`´ʼ": "'", "“”„": '"', "〇": "O",
}  # fmt: skip
_OTHER_SCRIPTS = str.maketrans({one: latin for many, latin in _DRAWN_AS.items() for one in many})
# Chinese characters that differ in a stroke: each group is one look.
_STROKES = (
    "己已巳 未末 日曰 土士 人入八 戊戌戍 晴睛 千干 大太犬 贷货 折拆 拔拨 侯候 受爱 木本 令今 免兔 鸟乌 师帅 "
    "治冶 准淮 密蜜 撤撒 徽微 徒徙 竞竟 辨辩辫 籍藉 账帐 天夭 自目白 王玉 由田甲申 几儿 刀力 贝见 午牛 "
    "育肓 祟崇 暑署 毫豪 慕幕募 慢漫 陪赔 遗遣"
)
_STROKE_LOOK = str.maketrans({one: group[0] for group in reversed(_STROKES.split()) for one in group})


def in_latin(text: str) -> str:
    """The text with letters of other scripts, and wide forms, as the Latin letters that they are drawn like.

    >>> in_latin("сар"), in_latin("ＣＡＰ")
    ('cap', 'CAP')
    """
    return text if text.isascii() else unicodedata.normalize("NFKC", text.translate(_OTHER_SCRIPTS))


def lookalike(name: str, other: str) -> tuple[str, str] | None:
    """The first characters in which two names differ, where all that differ look alike: 數 and 数, 未 and 末, с and c.

    >>> lookalike("сар", "cap"), lookalike("最低工资", "最低薪资"), lookalike("期未", "期末")
    (('с', 'c'), None, ('未', '末'))
    """
    pairs = [(a, b) for a, b in zip(name, other, strict=False) if a != b]
    if len(name) != len(other) or not pairs or any(_look(a) != _look(b) for a, b in pairs):
        return None
    return pairs[0]


def _look(character: str) -> str:
    return in_latin(simplified(character).translate(_STROKE_LOOK))
