"""The words of a formula: text in, tokens out, or what is wrong with its characters.

The lexer knows the spelling of the language in both keyword languages and names every foreign
spelling (`&&`, `AND`, `≥`, `1e5`) with the one of ours; it knows nothing of what may follow what.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from attrs import frozen

from ..base.numbers import MOST_DIGITS
from ..base.text import character_name, echo
from .characters import QUOTES, begins_name, continues_name, hidden_characters, meant_by, name_fault
from .faults import Fault
from .functions import CANONICAL, EVERYONE, OTHERS, VALUE

LONGEST = 2000
MOST_FAULTS = 20

# Every word that is not a name, in both languages, and the token it makes.
WORDS = {
    "and": "and", "且": "and", "or": "or", "或": "or", "not": "not", "非": "not",
    "in": "in", "属于": "in", "不属于": "not in", "if": "if", "else": "else",
    "true": "true", "True": "true", "是": "true", "false": "false", "False": "false", "否": "false",
    "missing": "missing", "缺失": "missing",
}  # fmt: skip

# Names of ours that have two spellings: where they are called, and where they stand alone.
FUNCTION_NAMES = {**CANONICAL, VALUE[0]: VALUE[0], VALUE[1]: VALUE[0]}
OUR_NAMES = {VALUE[1]: VALUE[0], EVERYONE[1]: EVERYONE[0], OTHERS[1]: OTHERS[0]}

# Words of other languages: refused as names, so that no formula can be misread as a program.
FOREIGN_WORDS = frozenset({
    "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "except", "finally", "for",
    "from", "global", "import", "is", "lambda", "nonlocal", "pass", "raise", "return", "try", "while", "with",
    "yield",
})  # fmt: skip
NOTHING = frozenset({
    "None", "null", "Null", "NULL", "nil", "nan", "NaN", "NAN", "inf", "Inf", "Infinity",
})  # fmt: skip
# `AND` and `And`: taken too, so that they can be mended.
SHOUTED = {
    spelt: word for word in WORDS if word.islower() for spelt in (word.upper(), word.capitalize()) if spelt not in WORDS
}

EXCEL_FUNCTIONS = frozenset({
    "ABS", "AND", "AVERAGE", "AVERAGEIF", "AVERAGEIFS", "CEILING", "COUNT", "COUNTIF", "COUNTIFS", "DATEDIF", "FLOOR",
    "HLOOKUP", "IF", "IFERROR", "IFS", "INDEX", "INT", "LOOKUP", "MATCH", "MAX", "MIN", "NOT", "OR", "ROUND",
    "ROUNDDOWN", "ROUNDUP", "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT", "VLOOKUP", "XLOOKUP",
})  # fmt: skip

# What no definition may be called: a formula could not use the name, or would be read as something else.
RESERVED_WORDS = frozenset(WORDS) | frozenset(SHOUTED) | FOREIGN_WORDS | NOTHING | EXCEL_FUNCTIONS

OPERATORS = ("**", "<=", ">=", "==", "!=", "+", "-", "*", "/", "<", ">", "(", ")", "[", "]", ",", "=")

# Foreign operators, longest first: what is meant (a mend where `mends`), under which wording.
FOREIGN_OPERATORS: tuple[tuple[str, str, str, bool], ...] = (
    ("===", "==", "", True), ("!==", "!=", "", True), ("**=", "", "assign", False), ("//=", "", "assign", False),
    ("<=>", "==", "", False), ("&&", "and", "", True), ("||", "or", "", True), ("<>", "!=", "", True),
    ("=>", ">=", "", True), ("=<", "<=", "", True), ("=!", "!=", "", True), (":=", "", "assign", False),
    ("+=", "", "assign", False), ("-=", "", "assign", False), ("*=", "", "assign", False), ("/=", "", "assign", False),
    ("//", "floor(a / b)", "", False), ("<<", "", "none", False), (">>", "", "none", False), ("->", "", "none", False),
    ("&", "and", "", False), ("|", "or", "", False), ("^", "**", "", True), ("~", "not", "", False),
    ("!", "not", "", False), ("?", "a if condition else b", "", False),
    ("@", "", "none", False), (";", "", "none", False), (":", "", "none", False),
)  # fmt: skip

_NUMBER = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)
_DIGITS_AND_POINT = frozenset("0123456789.")
_GROUPS = re.compile(r"([,'，])[0-9]{3}(\1[0-9]{3})*(?![0-9])", re.ASCII)


@frozen
class Token:
    """One word of a formula.

    `kind` is number, text, name, word, operator or end. `text` is what was written, except for a
    word, where it is the English one, and a quoted text, where it is what stands between the quotes.
    """

    kind: str
    text: str
    start: int
    end: int


def tokens_of(
    text: str, *, length: int = LONGEST, digits: int = MOST_DIGITS
) -> tuple[tuple[Token, ...], tuple[Fault, ...]]:
    """The tokens of a formula, the last one of kind `end`; the tokens count only where there are no faults."""
    if len(text) > length:
        params = {"length": str(len(text)), "most": str(length)}
        return (), (Fault("formula-long", 0, len(text), params),)
    hidden = tuple(hidden_characters(text))
    if hidden:
        return (), hidden[:MOST_FAULTS]
    lexer = _Lexer(text, digits)
    tokens = tuple(lexer.tokens())
    return tokens, tuple(lexer.faults[:MOST_FAULTS])


def _after_digit(text: str, at: int) -> bool:
    return at > 0 and text[at - 1] in "0123456789"


class _Lexer:
    """Reads one text from left to right. A mark of the wrong width is noted and read as it was meant."""

    def __init__(self, text: str, digits: int) -> None:
        self.text = text
        self.digits = digits
        self.at = 0
        self.faults: list[Fault] = []

    def tokens(self) -> Iterator[Token]:
        last = len(self.text.rstrip())
        begin = len(self.text) - len(self.text.lstrip())
        if self.text[begin : begin + 1] in ("=", "＝") and self.text[begin + 1 : begin + 2] not in ("=", "＝"):
            self.fault("formula-excel", begin, last)
            return
        while self.at < last:
            if (c := self.text[self.at]) in " \n\t":
                self.at += 1
                continue
            token = self.token(c)
            if token is None:
                if self.stopped:
                    return
                continue
            self.at = token.end
            yield token
        yield Token("end", "", last, last)

    @property
    def stopped(self) -> bool:
        """Marks are mended and read on; after any other fault nothing that follows can be trusted."""
        return bool(self.faults) and self.faults[-1].code != "formula-mark"

    def fault(
        self, code: str, start: int, end: int, variant: str = "", replacement: str | None = None, **params: str
    ) -> None:
        self.faults.append(Fault(code, start, end, params, variant, replacement))

    def token(self, c: str) -> Token | None:
        if c in "0123456789":
            return self.number()
        if begins_name(c):
            return self.name()
        if c in "\"'":
            return self.quoted(c)
        if c in QUOTES:
            return self.quoted_otherwise(QUOTES[c])
        ours = next((o for o in OPERATORS if self.text.startswith(o, self.at)), "")
        theirs = next((o for o in FOREIGN_OPERATORS if self.text.startswith(o[0], self.at)), None)
        if theirs is not None and len(theirs[0]) > len(ours):
            written, meant, variant, mends = theirs
            mend = meant if mends else None
            self.fault("formula-operator", self.at, self.at + len(written), variant, mend, written=written, meant=meant)
            return None
        return Token("operator", ours, self.at, self.at + len(ours)) if ours else self.foreign(c)

    def foreign(self, c: str) -> Token | None:
        """A character that begins nothing of ours."""
        start, end = self.at, self.at + 1
        if c == ".":
            self.point()
        elif (meant := meant_by(c)) is not None:
            return self.marked(meant)
        elif c == "%":
            self.fault("formula-percent", start, end)
        elif c == "#":
            self.fault("formula-comment", start, len(self.text.rstrip()))
        elif c == "\\":
            self.fault("formula-backslash", start, end)
        elif c in "{}":
            self.fault("formula-braces", start, end)
        elif unicodedata.category(c) == "Sc":
            self.fault("formula-currency", start, end, character=echo(c))
        else:
            shows = unicodedata.category(c)[0] in "LNPS"
            self.fault("formula-character", start, end, character=echo(c) if shows else character_name(c))
        return None

    def point(self) -> None:
        start = self.at
        rest = re.match(r"\.[0-9]+", self.text[start:], re.ASCII)
        if rest:
            self.fault("formula-number", start, start + rest.end(), "point", "0" + rest[0], number=echo(rest[0]))
        else:
            self.fault("formula-attribute", start, start + 1)

    def marked(self, meant: str) -> Token | None:
        """A full-width or typographic mark, or a run of full-width digits."""
        start = self.at
        end = start + 1
        if meant in "0123456789":
            while end < len(self.text) and (meant_by(self.text[end]) or self.text[end]) in _DIGITS_AND_POINT:
                end += 1
            meant = unicodedata.normalize("NFKC", self.text[start:end])
        else:
            # `＞＝` and `＝＝` are one operator: mended and read together.
            follows = self.text[end : end + 1]
            both = meant + ((meant_by(follows) or follows) if follows else "")
            if len(meant) < len(both) == 2 and both in OPERATORS:
                meant, end = both, end + 1
        self.fault("formula-mark", start, end, "", meant, written=echo(self.text[start:end]), meant=meant)
        if meant in OPERATORS or meant[0].isdigit():
            return Token("operator" if meant in OPERATORS else "number", meant, start, end)
        self.at = end
        return None

    # ── Names and words ──────────────────────────────────────────────────────────────────────────

    def name(self) -> Token | None:
        start, end = self.at, self.at
        while end < len(self.text) and continues_name(self.text[end]):
            end += 1
        name, follows = self.text[start:end], self.text[end : end + 1]
        if name in WORDS:
            return Token("word", WORDS[name], start, end)
        if name in EXCEL_FUNCTIONS and self.text[end:].lstrip().startswith("("):
            lower = name.lower()
            mend = lower if lower in CANONICAL else None
            self.fault("formula-excel", start, end, "function", mend, name=name)
        elif name in SHOUTED:
            self.fault("formula-word-case", start, end, "", SHOUTED[name], written=name, meant=SHOUTED[name])
        elif name in NOTHING:
            self.fault("formula-nothing", start, end, written=name)
        elif name in FOREIGN_WORDS:
            self.fault("formula-keyword", start, end, "is" if name == "is" else "", written=name)
        elif follows and follows in "\"'" and len(name) <= 2:
            self.fault("formula-text", start, end, "prefix", "", written=echo(name))
        elif fault := name_fault(name, start):
            self.faults.append(fault)
        else:
            return Token("name", name, start, end)
        return None

    # ── Quoted texts ─────────────────────────────────────────────────────────────────────────────

    def quoted(self, quote: str) -> Token | None:
        start = self.at
        close = self.text.find(quote, start + 1)
        if _after_digit(self.text, start) and (groups := _GROUPS.match(self.text, start)):
            self.thousands(start, groups.end())
            return None
        if close < 0:
            self.fault("formula-text", start, len(self.text.rstrip()), quote=quote)
            return None
        content = self.text[start + 1 : close]
        if not self.content(content, start, close + 1):
            return None
        return Token("text", content, start, close + 1)

    def quoted_otherwise(self, closing: str) -> Token | None:
        start = self.at
        close = self.text.find(closing, start + 1)
        ends = [start] if close < 0 else [start, close]
        quote = "'" if '"' in self.text[start : close if close >= 0 else None] else '"'
        for at in ends:
            self.fault("formula-mark", at, at + 1, "", quote, written=self.text[at], meant=quote)
        if close < 0:
            self.at += 1
            return None
        content = self.text[start + 1 : close]
        return Token("text", content, start, close + 1) if self.content(content, start, close + 1) else None

    def content(self, content: str, start: int, end: int) -> bool:
        """Whether a text between quotes may stand as it is."""
        if "\\" in content:
            at = start + 1 + content.index("\\")
            self.fault("formula-text", at, at + 1, "escape")
        elif "\n" in content or "\t" in content:
            self.fault("formula-text", start, end, "line")
        elif (plain := unicodedata.normalize("NFC", content)) != content:
            self.fault("formula-text", start + 1, end - 1, "form", plain, written=echo(content))
        else:
            return True
        return False

    # ── Numbers ──────────────────────────────────────────────────────────────────────────────────

    def thousands(self, start: int, end: int) -> None:
        """Groups of three digits after the number that ends at `start`."""
        begin = start
        while begin and self.text[begin - 1] in "0123456789":
            begin -= 1
        plain = "".join(c for c in self.text[begin:end] if c.isdigit())
        self.faults = [fault for fault in self.faults if fault.end <= begin]  # one mend, of the whole number
        self.fault("formula-thousands", begin, end, "", plain, number=echo(self.text[begin:end]), plain=echo(plain))

    def number(self) -> Token | None:
        start = end = self.at
        while end < len(self.text) and (self.text[end] == "." or continues_name(self.text[end])):
            end += 1
        run = self.text[start:end]
        groups = _GROUPS.match(self.text, start - 1) if run[0] == "0" and _after_digit(self.text, start - 1) else None
        if groups:
            self.thousands(start - 1, groups.end())
            return None
        if not _NUMBER.fullmatch(run):
            self.not_a_number(run, start, end)
            return None
        digits = sum(map(str.isdigit, run))
        if digits > self.digits:
            self.fault("formula-number", start, end, "long", digits=str(digits), most=str(self.digits))
            return None
        if self.text[end : end + 1] not in ("%", "％"):
            return Token("number", run, start, end)
        if self.text[end] == "％":
            self.fault("formula-mark", end, end + 1, "", "%", written="％", meant="%")
        end += 1
        follows = self.text[end : end + 1]
        if follows and (follows in "0123456789\"'" or continues_name(follows)):
            self.fault("formula-percent", end - 1, end)
            return None
        return Token("number", run + "%", start, end)

    def not_a_number(self, run: str, start: int, end: int) -> None:
        """Says in which foreign way a number is written."""
        show = echo(run)
        plain = unicodedata.normalize("NFKC", run)
        begins = re.match(r"[0-9]+(\.[0-9]+)?", run, re.ASCII)
        rest = run[begins.end() :] if begins else run
        number = run[: len(run) - len(rest)]
        if plain != run and re.fullmatch(r"[0-9.]+", plain, re.ASCII):
            self.fault("formula-mark", start, end, "", plain, written=show, meant=plain)
            self.at = end
        elif re.fullmatch(r"0[xXoObB][0-9A-Za-z_]*", run, re.ASCII):
            self.fault("formula-number", start, end, "base", number=show)
        elif re.fullmatch(r"[eE][0-9_]*", rest, re.ASCII):
            self.fault("formula-number", start, end, "exponent", number=show)
        elif re.fullmatch(r"[0-9_]+(\.[0-9_]+)?", run, re.ASCII) and "_" in run:
            self.fault("formula-number", start, end, "underscore", run.replace("_", ""), number=show)
        elif rest == ".":
            self.fault("formula-number", start, end, "point", number, number=show)
        elif rest.startswith(".") and rest[1:2].isidentifier():
            self.fault("formula-attribute", start + len(number), end)
        elif not rest:
            self.fault("formula-number", start, end, "zeros", number=show, plain=echo(run.lstrip("0") or "0"))
        elif rest in WORDS:
            self.fault("formula-glued", start, end, "", f"{number} {rest}", number=echo(number), word=rest)
        elif rest[:1].isidentifier() and rest[0] != "_":
            self.fault("formula-glued", start, end, "unit", number=echo(number), word=echo(rest))
        else:
            self.fault("formula-number", start, end, "", number=show)
