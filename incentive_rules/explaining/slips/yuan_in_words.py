"""An amount of yuan in the characters that cannot be altered: 人民币大写."""

from __future__ import annotations

from fractions import Fraction

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿", "亿亿")


def yuan_in_words(amount: Fraction) -> str:
    """An amount of at most two decimals, as receipts say it; anything finer is not an amount of yuan and `ValueError`.

    >>> yuan_in_words(Fraction("19339.32")), yuan_in_words(Fraction("100000.05")), yuan_in_words(Fraction("-300"))
    ('壹万玖仟叁佰叁拾玖元叁角贰分', '壹拾万元零伍分', '负叁佰元整')
    """
    fen = abs(amount) * 100
    if fen.denominator != 1 or fen >= 10**22:
        raise ValueError("an amount of yuan has at most two decimals")
    yuan, rest = divmod(int(fen), 100)
    jiao, last = divmod(rest, 10)
    text = f"{_whole(yuan)}元" if yuan else ""
    if not rest:
        text = (text or "零元") + "整"
    else:
        text += f"{DIGITS[jiao]}角" if jiao else "零" * bool(yuan)
        text += f"{DIGITS[last]}分" if last else "整"
    return "负" * (amount < 0 and fen != 0) + text


def _whole(number: int) -> str:
    """A whole number above 0: groups of four digits, a single 零 for zeros between digits."""
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text, gap = "", False
    for place in reversed(range(len(groups))):
        group = groups[place]
        if not group:
            gap = bool(text)
            continue
        text += "零" * bool(text and (gap or group < 1000)) + _group(group) + GROUPS[place]
        gap = False
    return text


def _group(group: int) -> str:
    text = ""
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            text += DIGITS[digit] + PLACES[place]
        elif text and not text.endswith("零") and group % 10**place:
            text += "零"
    return text
