"""Where the parser stands in the tokens of a formula, and what it says when it cannot go on."""

from __future__ import annotations

from ..base.text import echo
from .faults import Fault
from .lexer import Token


class Refused(Exception):
    """Leaves the parser with its one fault; never leaves `parse`."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def refuse(
    code: str, token: Token, variant: str = "", replacement: str | None = None, start: int | None = None, **params: str
) -> Refused:
    return Refused(Fault(code, token.start if start is None else start, token.end, params, variant, replacement))


class Cursor:
    """The tokens of one formula and a place among them. What is wrong there is found by looking at its neighbours."""

    def __init__(self, tokens: tuple[Token, ...], text: str) -> None:
        self.tokens = tokens
        self.text = text
        self.at = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    @property
    def before(self) -> Token:
        return self.tokens[self.at - 1]

    def next(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def sees(self, *texts: str) -> bool:
        return self.token.kind in ("operator", "word") and self.token.text in texts

    def expect(self, text: str, opening: Token) -> Token:
        if not self.sees(text):
            raise self.unexpected(opening)
        return self.next()

    # ── What is wrong ────────────────────────────────────────────────────────────────────────────

    def show(self, at: int | None = None) -> str:
        token = self.tokens[self.at if at is None else at]
        return echo(self.text[token.start : token.end])

    def no_operand(self) -> Refused:
        """Something stands here that cannot begin an operand."""
        token = self.token
        if token.kind == "end":
            previous = self.before
            if previous.text == "not" and previous.kind == "word" and len(self.tokens) == 2:
                return refuse("formula-end", previous, found=self.show(self.at - 1))
            return refuse("formula-end", previous, found=self.show(self.at - 1))
        if self.sees("if"):
            return refuse("formula-if", token, "first")
        if self.sees("else"):
            return refuse("formula-if", token, "lone")
        if self.sees("["):
            return refuse("formula-list", token)
        if self.sees("*", "**"):
            return refuse("formula-star", token, written=token.text)
        if self.sees(")", "]"):
            opens = {")": "(", "]": "["}[token.text]
            if not any(t.kind == "operator" and t.text == opens for t in self.tokens[: self.at]):
                return refuse("formula-bracket", token, "unopened", written=token.text)
        if self.sees("=") and self.at:
            return self.equals()
        return refuse("formula-operand", token, found=self.show())

    def equals(self) -> Refused:
        return refuse("formula-equals", self.token, "", "==")

    def unexpected(self, opening: Token | None) -> Refused:
        """An operand is complete, and what follows it is neither an operator nor the closing bracket."""
        token, previous = self.token, self.before
        if token.kind == "end":
            if opening is None:
                return refuse("formula-end", previous, found=self.show(self.at - 1))
            return refuse("formula-bracket", opening, written=opening.text)
        if self.sees("="):
            return self.equals()
        if self.sees("("):
            if previous.kind == "number":
                mend = f"{self.text[previous.start : previous.end]} * ("
                return refuse("formula-times", token, "", mend, previous.start)
            return refuse("formula-call", token)
        if self.sees("["):
            return refuse("formula-subscript", token)
        if self.sees(","):
            return self.comma()
        if self.sees(")", "]"):
            if opening is None:
                return refuse("formula-bracket", token, "unopened", written=token.text)
            return refuse("formula-bracket", token, "crossed", written=token.text, opening=opening.text)
        if self.sees("else"):
            return refuse("formula-if", token, "lone")
        if token.kind == "text" and previous.kind == "text":
            return refuse("formula-text", token, "joined", start=previous.start)
        return refuse("formula-joined", token, before=self.show(self.at - 1), found=self.show(), start=previous.start)

    def comma(self) -> Refused:
        """`1,000`, or a comma where no list of arguments is open."""
        previous, token, after = self.before, self.token, self.tokens[min(self.at + 1, len(self.tokens) - 1)]
        glued = previous.end == token.start and token.end == after.start
        if previous.kind == after.kind == "number" and glued and len(after.text.split(".")[0].rstrip("%")) == 3:
            number = previous.text + "," + after.text
            plain = previous.text + after.text
            return refuse("formula-thousands", after, "", plain, previous.start, number=echo(number), plain=echo(plain))
        return refuse("formula-comma", token)

    def not_a_list(self) -> Refused:
        token = self.token
        if not self.sees("("):
            return self.unexpected(None) if token.kind == "end" else refuse("formula-in", token, found=self.show())
        close = next((t for t in self.tokens[self.at :] if t.text == ")" and t.kind == "operator"), None)
        if close is None or close is self.tokens[self.at + 1]:
            return refuse("formula-in", token, "brackets")
        inner = self.text[token.end : close.start].rstrip().removesuffix(",")
        return refuse("formula-in", close, "brackets", f"[{inner}]", start=token.start)
