"""The direction calculus: how every name of a checked scheme moves when one thing moves up.

`Calculus(checked, move).name(name)` is the `Direction` of a name for the person who moves. Each kind of term has a rule
of its own in `RULES`; a rule asks the calculus for the directions of the operands, and may ask what checking knows of
their bounds. Those bounds hold in both worlds, wherever a part is worked out in both: a branch of a condition has
bounds that lean on the condition, and its direction is asked for where the condition holds in both.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from fractions import Fraction

from attrs import evolve

from ..base.places import Place
from ..model import terms as t
from ..model.checked import Checked, CheckedQuantity
from ..model.levels import PERSON, Level
from ..model.scheme import Role
from . import reasons
from .direction import (
    FLIPPED,
    UNMOVED,
    Blame,
    Direction,
    Sign,
    as_known,
    blames_of,
    joint,
)
from .graph import ReadGraph
from .intervals import bounds_of, never_above, never_below
from .move import Move
from .whose import At, Whose, fellows_of, seen_from

Rule = Callable[["Calculus", "t.Term", At], Direction]
MEANT = (Role.MEASURED, Role.SCORE, Role.GROUP)  # what is meant to move with better work


class Calculus:
    """The directions of all names for one `move`.

    `better` is the direction in which scores are meant to move with it. Where it is given, an indicator of the person
    that does not is blamed, and what stands on it is looked at as if it did: so one finding hides no other. Only such
    pairs of worlds are spoken of in which what is `known_in_both` is known in both, of the person, or in neither.
    """

    def __init__(
        self, checked: Checked, move: Move, better: Sign = "?", known_in_both: Collection[str] = (),
        rules: Mapping[type, Rule] | None = None, graph: ReadGraph | None = None,
    ) -> None:  # fmt: skip
        from .rules import RULES

        self.checked, self.move, self.better = checked, move, better
        self.levels = checked.levels
        self.known_in_both = frozenset(known_in_both)
        self.graph = graph or ReadGraph(checked)
        self._rules = RULES if rules is None else rules
        self._quantities = {q.name: q for q in checked.quantities}
        self._names: dict[tuple[str, Whose], Direction] = {}
        self._terms: dict[tuple[int, At], Direction] = {}
        self._owner: CheckedQuantity | None = None
        self._moving = frozenset(
            {move.name} | {q.name for q in checked.quantities if move.name in self.graph.behind(q.name)}
        )

    # ── names ────────────────────────────────────────────────────────────────────────────────────

    def name(self, name: str) -> Direction:
        """How a name moves for the person who moves; of a detail row, for the row that does."""
        return self._named(name, At(self.level_of(name), Whose.MOVED))

    def of_name_at(self, name: str, at: At) -> Direction:
        """How a name moves in rows of its own level that are somebody's."""
        return self._named(name, at)

    def read(self, name: str, at: At) -> Direction:
        """How a name moves as the rows at `at` read it: the joint direction in all rows that they see."""
        return joint(*(self._named(name, one) for one in seen_from(self.levels, at, self.level_of(name))))

    def fellows(self, at: At, group: Level) -> tuple[At, ...]:
        """The other rows with which a row shares a row of `group`."""
        return fellows_of(self.levels, at, group, self.move.level)

    def level_of(self, name: str) -> Level:
        if name in self._quantities:
            return self._quantities[name].level
        return self.checked.inputs[name].level if name in self.checked.inputs else PERSON

    def _named(self, name: str, at: At) -> Direction:
        if (name, at.whose) not in self._names:
            before, self._owner = self._owner, self._quantities.get(name, self._owner)
            self._names[name, at.whose] = self._found(name, at)
            self._owner = before
        return self._names[name, at.whose]

    def _found(self, name: str, at: At) -> Direction:
        moves = at.whose is Whose.MOVED
        quantity = self._quantities.get(name)
        if moves and name == self.move.name:
            return self.move.direction
        if quantity is None or not quantity.due or name not in self._moving:
            return UNMOVED  # a fact that does not move, what is not due in either world, or what does not rest on it
        if moves and self.move.measured and quantity.definition.role is Role.MEASURED and at.level == PERSON:
            return UNMOVED  # by what is promised of one indicator, the others measure the same
        found = self._quantity(quantity, at)
        if name in self.known_in_both and at == At(PERSON, Whose.MOVED):
            found = as_known(found)
        return self._as_meant(quantity, at, found)

    def _as_meant(self, quantity: CheckedQuantity, at: At, found: Direction) -> Direction:
        """Of an indicator that is blamed: as if it moved as it is meant to, and the blame stays.

        A score that falls while what it scores gets better is blamed itself.
        """
        role = quantity.definition.role
        followed = found.sign == "0" or (found.words and not found.blame)
        if self.better == "?" or role not in MEANT or at != At(PERSON, Whose.MOVED) or followed:
            return found
        sign = self.better if role is not Role.MEASURED else meant_direction(self.checked, quantity, self.better)
        if sign == "?" or found.sign == sign:
            return found
        if found.sign != "?":
            if role is Role.MEASURED:
                return found
            found = evolve(found, blame=(*found.blame, self._blame(quantity.term, reasons.AGAINST)))
        return evolve(found, sign=sign, known="0", slack=Fraction(0), words=())

    def _quantity(self, quantity: CheckedQuantity, at: At) -> Direction:
        found = self.loosely(quantity.term, at)
        if quantity.condition is not None:
            found = self._where(quantity, self.of(quantity.condition, at), found)
        if found.slack and quantity.definition.role is not Role.RESULT:
            found = evolve(found, slack=found.slack + _grain(quantity))
        return found if quantity.facts.may_miss else as_known(found)

    def _where(self, quantity: CheckedQuantity, condition: Direction, found: Direction) -> Direction:
        """Where its `when` fails a line is 0, an honour false, and anything else missing."""
        if condition.is_unmoved:
            return found
        if quantity.definition.role not in (Role.PAY, Role.HONOR):
            return joint(found, Direction("0", condition.sign, blame=condition.blame))
        bounds = bounds_of(quantity.term)
        if never_below(bounds):
            moved = condition
        elif never_above(bounds):
            moved = _turned(condition)
        else:
            return self.unsure(quantity.term, reasons.CHOICE, condition)
        pay = quantity.definition.pay
        better = FLIPPED[self.better] if pay is not None and pay.kind == "deduction" else self.better
        against = moved.sign == FLIPPED[better] and quantity.condition is not None
        at = quantity.condition.place if against and quantity.condition is not None else None
        return self.settled(quantity.term, reasons.OPPOSITE, found, moved, at=at)

    # ── terms ────────────────────────────────────────────────────────────────────────────────────

    def of(self, term: t.Term, at: At) -> Direction:
        """The direction of a term, exactly: what holds but for a last cent is no claim here."""
        found = self.loosely(term, at)
        if found.slack and found.sign != "0":
            return self.unsure(term, reasons.CENT, found)
        return found

    def loosely(self, term: t.Term, at: At) -> Direction:
        """The direction of a term, perhaps but for a slack."""
        key = (id(term), at)
        found = self._terms.get(key)
        if found is None:
            if self._moving.isdisjoint(self.graph.read_in(term)):
                found = UNMOVED  # whatever its rule says of what it does not know
            else:
                found = self._rules[type(term)](self, term, at)
                found = found if term.facts.may_miss else as_known(found)
            self._terms[key] = found
        return found

    # ── what rules say ───────────────────────────────────────────────────────────────────────────

    def settled(self, term: t.Term, reason: str, *parts: Direction, at: Place | None = None) -> Direction:
        """What moves with each of the parts; blamed on the term, or `at`, where these agree on no direction."""
        found = joint(*parts)
        if found.sign == "?" and all(one.sign != "?" for one in parts):
            return evolve(found, blame=(*found.blame, self._blame(term, reason, at)))
        if found.sign == "?" and not found.blame and not found.words:
            return evolve(found, blame=(self._blame(term, reason, at),))
        return found

    def unsure(self, term: t.Term, reason: str, *parts: Direction, at: Place | None = None) -> Direction:
        """Nothing is claimed, of its being known neither; the term is blamed, or `at`, unless a part is already."""
        return Direction("?", "?", blame=blames_of(*parts) or (self._blame(term, reason, at),))

    def _blame(self, term: t.Term, reason: str, at: Place | None = None) -> Blame:
        owner = self._owner
        place = at or term.place or (owner.definition.place if owner is not None else None)
        return Blame(owner.name if owner is not None else "", place, reason)


def meant_direction(checked: Checked, quantity: CheckedQuantity, better: Sign) -> Sign:
    """How what an indicator measures is meant to move, where scores are meant to move by `better`."""
    indicator = quantity.definition.indicator
    return {"higher": better, "lower": FLIPPED[better]}.get(
        (indicator.better or "") if indicator is not None else "", "?"
    )  # fmt: skip


def _grain(quantity: CheckedQuantity) -> Fraction:
    """By how much rounding may widen a slack; what is added up of shares lies on whole steps already."""
    if isinstance(quantity.term, t.Shared | t.Aggregate | t.Read):
        return Fraction(0)
    return Fraction(1, 10 ** (quantity.decimals or 0))


def _turned(condition: Direction) -> Direction:
    return evolve(condition, sign=FLIPPED[condition.sign])
