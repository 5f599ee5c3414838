"""Texts for people: their width on a screen, safe echoes of what an author wrote, similar names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

ECHO = 60

# What a reader cannot see or what turns a line around: controls, separators, bidirectional and zero-width
# characters, byte order marks and other characters that Unicode calls default-ignorable, and lone surrogates.
_HIDDEN = (
    "\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
HIDDEN = re.compile(f"[{_HIDDEN}]")
_UNPRINTABLE = re.compile(f"[{_HIDDEN}\t\n\r]")
_SHORT_ESCAPES = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
BLANKS = " \t\r\n\u3000"  # of the keyboard; the last is the space of Chinese and Japanese ones


def composed(text: str) -> str:
    """The text in composed form (NFC): e with an accent is one character, however it was typed."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def bare(text: str) -> str:
    """The text without the blanks around it.

    >>> bare("\\u3000 north team\\t")
    'north team'
    """
    return text.strip(BLANKS)


def are_plain(texts: Sequence[str]) -> bool:
    """Whether each of these texts is made of letters and digits of ASCII alone; an empty one is not.

    >>> are_plain(["E17", "north"]), are_plain(["E 17"]), are_plain(["E17", ""])
    (True, False, False)
    """
    whole = "".join(texts)
    return whole.isascii() and whole.isalnum() and "" not in texts


def width(text: str, ambiguous: int = 1) -> int:
    """The columns that `text` fills on a screen: two for a Chinese character, none for a combining mark.

    Characters such as `…` and `—` are narrow in Latin fonts and wide in some Chinese ones: `ambiguous` says which.

    >>> width("工号 a"), width("“a”…", ambiguous=2)
    (6, 7)
    """
    return len(text) if text.isascii() else sum(_width_of(character, ambiguous) for character in text)


def _width_of(character: str, ambiguous: int) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    kind = unicodedata.east_asian_width(character)
    return 2 if kind in "WF" else ambiguous if kind == "A" else 1


def pad(text: str, columns: int, right: bool = False, ambiguous: int = 1) -> str:
    """`text` filled up with spaces to `columns` of the screen, on its left if `right` aligns it."""
    space = " " * (columns - width(text, ambiguous))
    return space + text if right else text + space


def pieces(text: str, columns: int, ambiguous: int = 1) -> list[str]:
    """`text` in lines of at most `columns` of the screen, broken at blanks or Chinese characters, else anywhere.

    >>> pieces("Ann, Bob and Zoe", 9)
    ['Ann, Bob', 'and Zoe']
    >>> pieces("华东区，华南区", 8)
    ['华东区，', '华南区']
    """
    found: list[str] = []
    rest = text.strip()
    while rest:
        end = _fitting(rest, columns, ambiguous)
        if end < len(rest):
            end = next((n for n in range(end, 0, -1) if _may_break(rest, n)), end)
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return found or [""]


def _fitting(text: str, columns: int, ambiguous: int) -> int:
    """How many characters of the text fit; one at least, with the marks upon it."""
    used = 0
    for number, character in enumerate(text):
        used += width(character, ambiguous)
        if used > columns and number:
            return number
    return len(text)


_NEVER_FIRST = "，。、；：！？）》」』”’%,.;:!?)]}"  # in a line


def _may_break(text: str, place: int) -> bool:
    """Whether a line may end before the character at this place."""
    before, after = text[place - 1], text[place]
    if before == " " or after == " ":
        return True
    wide = unicodedata.east_asian_width(after) == "W" or unicodedata.east_asian_width(before) in "WF"
    return wide and after not in _NEVER_FIRST and unicodedata.category(after) not in ("Mn", "Me", "Cf")


def _escape_one(found: re.Match[str]) -> str:
    character = found.group()
    code = ord(character)
    if character in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[character]
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


def escape(text: str) -> str:
    r"""`text` with every hidden character and line break written out, as in `\u202e`: safe in a terminal or a log."""
    return _UNPRINTABLE.sub(_escape_one, text)


def character_name(character: str, otherwise: str = "") -> str:
    """`U+202E RIGHT-TO-LEFT OVERRIDE`: a character that cannot be printed.

    `otherwise` is its name if Unicode has none.
    """
    return f"U+{ord(character):04X} {unicodedata.name(character, otherwise)}".rstrip()


MOST_LISTED = 12  # names or words in one message


def listed(texts: Iterable[str], most: int, between: str = " ") -> str:
    """The first `most` of the texts in one line, and an ellipsis if there are more; the others are not made."""
    first = list(islice(texts, most + 1))
    return between.join(first[:most]) + (" …" if len(first) > most else "")


def shorten(text: str, most: int = ECHO) -> str:
    """At most `most` characters of `text`, the middle replaced by an ellipsis."""
    if len(text) <= most:
        return text
    head = (most - 1) * 2 // 3
    return text[:head] + "…" + text[len(text) - (most - 1 - head) :]


def echo(text: str, most: int = ECHO) -> str:
    """An author's text as a message may repeat it: escaped and shortened."""
    return shorten(escape(text[: most * 20] if len(text) > most * 20 else text), most)


_TRADITIONAL = (
    "係系數数務务滿满響响應应時时準准確确態态質质團团隊队貢贡獻献獎奖勵励績绩資资標标權权項项達达過过範范圍围圖图"
    "員员總总額额較较優优級级別别類类單单個个無无與与業业產产維维護护場场區区際际問问題题決决調调線线長长間间週周"
    "歲岁齡龄齊齐補补貼贴險险醫医療疗養养傷伤稅税報报銷销訓训練练習习經经驗验證证書书記记錄录處处罰罚違违規规內内"
    "實实測测評评審审計计劃划畫画戶户訴诉訪访談谈話话電电網网絡络門门見见聽听說说請请讓让變变動动檢检當当發发給给"
    "結结約约組组終终統统續续繼继幣币價价億亿萬万選选擇择階阶層层張张師师廠厂車车輛辆遲迟於于開开關关閉闭條条極极"
    "據据擔担損损減减滯滞積积種种稱称競竞節节簡简純纯細细綜综編编緊紧縣县職职聯联聲声華华營营號号衛卫裝装複复觀观"
    "詢询試试該该認认誤误課课識识議议責责貨货費费賬账賞赏賠赔購购賽赛贊赞軟软載载輔辅輪轮辦办農农遠远適适還还邊边"
    "鐘钟鍵键鎖锁隨随離离難难頁页預预領领頻频顧顾顯显館馆驟骤點点齣出對对參参為为從从後后幾几啟启據据現现進进連连"
)
_SIMPLIFIED = str.maketrans(dict(zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)))


def simplified(text: str) -> str:
    """The text with the commonest traditional characters as simplified ones: 華 as 华."""
    return text.translate(_SIMPLIFIED)


def fold(name: str) -> str:
    """`name` without what is easily mistyped: case, full-width forms, traditional characters, spaces and dashes."""
    folded = simplified(unicodedata.normalize("NFKC", name).casefold())
    return re.sub(r"[\s_\-]", "", folded)


_folded = lru_cache(4096)(fold)
_COMPARED = 120  # characters of a name


def nearest(name: str, known: Iterable[str], most: int = 3, alike: bool = False) -> tuple[str, ...]:
    """The known names that an author may have meant by `name`, likeliest first; none rather than a wild guess.

    With `alike` only those that are as likely as the likeliest.
    """
    wanted = fold(name[:_COMPARED])
    matcher = SequenceMatcher(None, "", wanted, autojunk=False)
    found: list[tuple[float, str]] = []
    for other in dict.fromkeys(known):
        likeness = _likeness(matcher, wanted, _folded(other[:_COMPARED]))
        if likeness > 0 and other != name:
            found.append((-likeness, other))
    found.sort()
    return tuple(other for distance, other in found[:most] if not alike or distance == found[0][0])


class Guesses:
    """Finds similar names for many mistakes of one text, as long as all the searches together stay cheap.

    The first mistakes get a guess at once; of thousands the last get none.
    """

    def __init__(self, most: int = 50_000) -> None:
        self._left = most  # names of ten characters to compare with; twice the length is four times the work

    def nearest(self, name: str, known: Collection[str], most: int = 3) -> tuple[str, ...]:
        """As `nearest`, or nothing."""
        self._left -= len(known) * max(1, min(len(name), _COMPARED) ** 2 // 100)
        return nearest(name, known, most) if self._left >= 0 else ()

    def __bool__(self) -> bool:
        """Whether there is any use in asking."""
        return self._left > 0


def _likeness(matcher: SequenceMatcher[str], wanted: str, other: str) -> float:
    """1 for equal texts, 0 for unlike ones. Two characters of Chinese say as much as a whole English word."""
    if wanted == other:
        return 1.0
    if not wanted or not other or abs(len(wanted) - len(other)) > max(len(wanted), len(other)) / 2:
        return 0.0
    matcher.set_seq1(other)
    least = 0.7 if wanted.isascii() or other.isascii() else 0.5
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= least else 0.0
