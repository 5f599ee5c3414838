"""Makes operations on cells: constants fold, equal operations share one cell, and bounds decide what they can."""

from __future__ import annotations

from ..model.plan import Atom, CellValue, Find, Lit, Op, Pick, Ref
from .plan_builder import FALSE, ONE, TRUE, ZERO, PlanBuilder


class CellBuilder(PlanBuilder):
    """Builds the plan, with an operation for each kind of step that formulas need."""

    # ── Whole numbers ─────────────────────────────────────────────────────────────────────────────

    def add(self, left: Atom, right: Atom) -> Atom:
        if isinstance(left, Lit):
            left, right = right, left
        if isinstance(left, Lit) and isinstance(right, Lit):
            return Lit(_number(left) + _number(right))
        if isinstance(right, Lit):
            before = self.expr(left)
            if _number(right) == 0:
                return left
            if isinstance(before, Op) and before.operator == "+" and isinstance(before.operands[1], Lit):
                return self.add(before.operands[0], Lit(_number(before.operands[1]) + _number(right)))
        (a, b), (c, d) = self.span(left), self.span(right)
        return self.let(Op("+", (left, right)), (a + c, b + d))

    def subtract(self, left: Atom, right: Atom) -> Atom:
        if isinstance(right, Lit):
            return self.add(left, Lit(-_number(right)))
        if left == right:
            return ZERO
        if left == ZERO:
            return self.negate(right)
        (a, b), (c, d) = self.span(left), self.span(right)
        return self.let(Op("-", (left, right)), (a - d, b - c))

    def negate(self, atom: Atom) -> Atom:
        if isinstance(atom, Lit):
            return Lit(-_number(atom))
        low, high = self.span(atom)
        return self.let(Op("neg", (atom,)), (-high, -low))

    def negated_operand(self, atom: Atom) -> Atom | None:
        """What `atom` is the negation of, if it is one or has a constant factor below 0."""
        expr = self.expr(atom)
        if not isinstance(expr, Op):
            return None
        first = expr.operands[0]
        if expr.operator == "*" and isinstance(first, Lit) and _number(first) < 0:
            return self._times(-_number(first), expr.operands[1])
        return first if expr.operator == "neg" else None

    def content(self, atom: Atom) -> int:
        """A whole number above 0 that surely divides `atom` (0 divides as 0)."""
        if isinstance(atom, Lit):
            return abs(_number(atom))
        expr = self.expr(atom)
        if isinstance(expr, Op) and expr.operator == "*" and isinstance(expr.operands[0], Lit):
            return abs(_number(expr.operands[0]))
        return 1

    def multiply(self, left: Atom, right: Atom) -> Atom:
        """A product; a constant stands first and is drawn together with one inside the other operand."""
        if isinstance(right, Lit):
            left, right = right, left
        if isinstance(left, Lit):
            return self._times(_number(left), right)
        pulled = 1
        for atom in (left, right):
            expr = self.expr(atom)
            if isinstance(expr, Op) and expr.operator == "*" and isinstance(expr.operands[0], Lit):
                pulled *= _number(expr.operands[0])
        if pulled != 1:
            return self._times(pulled, self.multiply(self._without_constant(left), self._without_constant(right)))
        if not isinstance(right, Lit) and right.cell < left.cell:
            left, right = right, left
        (a, b), (c, d) = self.span(left), self.span(right)
        ends = (a * c, a * d, b * c, b * d)
        low = min(ends)
        if left == right:
            low = 0 if a <= 0 <= b else min(a * a, b * b)
        return self.let(Op("*", (left, right)), (low, max(ends)))

    def _without_constant(self, atom: Atom) -> Atom:
        expr = self.expr(atom)
        if isinstance(expr, Op) and expr.operator == "*" and isinstance(expr.operands[0], Lit):
            return expr.operands[1]
        return atom

    def _times(self, factor: int, atom: Atom) -> Atom:
        if isinstance(atom, Lit):
            return Lit(factor * _number(atom))
        expr = self.expr(atom)
        if isinstance(expr, Op) and expr.operator == "*" and isinstance(expr.operands[0], Lit):
            return self._times(factor * _number(expr.operands[0]), expr.operands[1])
        if factor in (0, 1):
            return atom if factor else ZERO
        if isinstance(expr, Pick) and isinstance(expr.otherwise, Lit):
            then = self._times(factor, expr.then)
            return self.pick(expr.condition, then, self._times(factor, expr.otherwise))
        low, high = sorted(factor * end for end in self.span(atom))
        return self.let(Op("*", (Lit(factor), atom)), (low, high))

    def shrink(self, atom: Atom, divisor: int) -> Atom:
        """`atom` divided by a divisor of its `content`."""
        if divisor == 1:
            return atom
        if isinstance(atom, Lit):
            return Lit(_number(atom) // divisor)
        expr = self.expr(atom)
        assert isinstance(expr, Op) and isinstance(expr.operands[0], Lit)
        return self._times(_number(expr.operands[0]) // divisor, expr.operands[1])

    def product(self, atoms: tuple[Atom, ...], constant: int = 1) -> Atom:
        """The product of all; constants and equal prefixes are shared."""
        made: Atom = ONE
        for atom in sorted(atoms, key=lambda a: a.cell if isinstance(a, Ref) else -1):
            made = self.multiply(made, atom)
        return self._times(constant, made)

    def floor_divide(self, left: Atom, right: Atom) -> Atom:
        """The floor of left/right; `right` is above 0."""
        if right == ONE:
            return left
        if isinstance(left, Lit) and isinstance(right, Lit):
            return Lit(_number(left) // _number(right))
        (a, b), (c, d) = self.span(left), self.span(right)
        ends = (a // c, a // d, b // c, b // d)
        return self.let(Op("//", (left, right)), (min(ends), max(ends)))

    def absolute(self, atom: Atom) -> Atom:
        low, high = self.span(atom)
        if low >= 0:
            return atom
        if high <= 0:
            return self.negate(atom)
        return self.let(Op("abs", (atom,)), (0, max(-low, high)))

    def extreme(self, largest: bool, left: Atom, right: Atom) -> Atom:
        (a, b), (c, d) = self.span(left), self.span(right)
        if left == right or (a >= d if largest else b <= c):
            return left
        if c >= b if largest else d <= a:
            return right
        span = (max(a, c), max(b, d)) if largest else (min(a, c), min(b, d))
        return self.let(Op("max" if largest else "min", (left, right)), span)

    # ── Flags, and choices of anything ────────────────────────────────────────────────────────────

    def compare(self, operator: str, left: Atom, right: Atom) -> Atom:
        """`< <= ==` of two whole numbers, as a flag; decided here where the bounds decide it."""
        (a, b), (c, d) = self.span(left), self.span(right)
        if left == right:
            return Lit(operator != "<")
        if operator == "==":
            sure, never = a == b == c == d, b < c or d < a
        elif operator == "<":
            sure, never = b < c, a >= d
        else:
            sure, never = b <= c, a > d
        return Lit(sure) if sure or never else self.let(Op(operator, (left, right)), None)

    def same(self, left: Atom, right: Atom) -> Atom:
        """Whether two texts or two flags are equal."""
        if isinstance(left, Lit) and isinstance(right, Lit):
            return Lit(left == right)
        if left == right:
            return TRUE
        for one, other in ((left, right), (right, left)):
            if other in (TRUE, FALSE):
                return one if other == TRUE else self.negation(one)
        return self.let(Op("==", (left, right)), None)

    def both(self, left: Atom, right: Atom) -> Atom:
        if FALSE in (left, right):
            return FALSE
        if left in (TRUE, right):
            return right
        return left if right == TRUE else self.let(Op("and", (left, right)), None)

    def either(self, left: Atom, right: Atom) -> Atom:
        if TRUE in (left, right):
            return TRUE
        if left in (FALSE, right):
            return right
        return left if right == FALSE else self.let(Op("or", (left, right)), None)

    def negation(self, atom: Atom) -> Atom:
        if isinstance(atom, Lit):
            return Lit(not atom.value)
        expr = self.expr(atom)
        if isinstance(expr, Op) and expr.operator == "not":
            return expr.operands[0]
        if isinstance(expr, Op) and expr.operator in ("<", "<="):
            left, right = expr.operands
            return self.compare("<=" if expr.operator == "<" else "<", right, left)
        return self.let(Op("not", (atom,)), None)

    def all_of(self, *known: Atom | None) -> Atom | None:
        """The conjunction of flags, in which None is always true."""
        made: Atom | None = None
        for flag in known:
            if flag is not None and flag != TRUE:
                made = flag if made is None else self.both(made, flag)
        return made

    def pick_flag(self, condition: Atom, then: Atom, otherwise: Atom) -> Atom:
        """`then if condition else otherwise` of flags, as plain logic where it is that."""
        if isinstance(condition, Lit) or then == otherwise:
            return otherwise if condition == FALSE else then
        if then in (TRUE, condition):
            return self.either(condition, otherwise)
        if otherwise in (FALSE, condition):
            return self.both(condition, then)
        if then == FALSE:
            return self.both(self.negation(condition), otherwise)
        if otherwise == TRUE:
            return self.either(self.negation(condition), then)
        return self.let(Pick(condition, then, otherwise), None)

    def pick(self, condition: Atom, then: Atom, otherwise: Atom) -> Atom:
        """`then if condition else otherwise` of numbers or texts."""
        if isinstance(condition, Lit) or then == otherwise:
            return otherwise if condition == FALSE else then
        text = any(isinstance(a, Lit) and isinstance(a.value, str) for a in (then, otherwise)) or any(
            isinstance(a, Ref) and self._spans[a.cell] is None for a in (then, otherwise)
        )
        (a, b), (c, d) = self.span(then), self.span(otherwise)
        return self.let(Pick(condition, then, otherwise), None if text else (min(a, c), max(b, d)))

    def find(self, entries: tuple[tuple[CellValue, CellValue], ...], default: CellValue, key: Atom) -> Atom:
        """The entry of a constant map at `key`."""
        values = [value for _, value in entries] + [default]
        if isinstance(key, Lit):
            return Lit(dict(entries).get(key.value, default))
        if all(value == values[0] for value in values):
            return Lit(values[0])
        found = [m for m, known in enumerate(self.maps) if _same_map(known, (entries, default))]
        if not found:
            self.maps.append((entries, default))
        numbers = [value for value in values if type(value) is int]
        span = (min(numbers), max(numbers)) if numbers else None
        return self.let(Find(found[0] if found else len(self.maps) - 1, key), span)


def _number(atom: Lit) -> int:
    assert type(atom.value) is int
    return atom.value


def _same_map(left: object, right: object) -> bool:
    return repr(left) == repr(right)  # 1 and True are equal, and must not be shared
