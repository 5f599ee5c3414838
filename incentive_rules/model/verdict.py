"""What is known of a promise: proved, refuted, accepted as an exception, or unknown, each with its grounds.

Phrases are in both languages (`base.words.both`); reports choose one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from fractions import Fraction

from attrs import field, frozen

from ..base.places import Place
from .curves import PayCurves
from .scheme import Scheme


class Status(StrEnum):
    """A verdict says exactly what it is."""

    REFUTED = "REFUTED"
    UNKNOWN = "UNKNOWN"
    INCONCLUSIVE = "INCONCLUSIVE"
    TESTED = "TESTED"
    ACCEPTED = "ACCEPTED"
    PROVED = "PROVED"
    NOT_APPLICABLE = "N/A"


@frozen
class Obstacle:
    """What keeps a promise from being proved: of `name`, at `place`, for a `reason`; `about` says where it was met."""

    name: str
    place: Place | None = field(eq=False)
    reason: str
    about: tuple[str, ...] = ()


class Happening(StrEnum):
    """What happens to a line of pay between two worlds."""

    PAYS_LESS = "pays_less"  # something is better in the second world, and somebody is paid less
    JUMPS = "jumps"  # one step of one cell changes a line by so much
    GAINS = "gains"  # withholding or splitting brings so much
    LEAVES = "leaves"  # a row goes to another period, and a line changes by so much
    COMES = "comes"  # a row comes from another period
    DIFFERS = "differs"  # all else equal, and a line is not
    STAYS = "stays"  # something is better, and a line is not
    REACHES = "reaches"  # somebody has it, in the first world


@frozen
class Change:
    """What the second world has in place of the first: another value of `name` in row `row` of `table`, from 1.

    The table "" is that of the people. A row that only one of the worlds has is told by the value that it has there;
    `before` or `after` is then None.
    """

    table: str
    row: int
    name: str
    before: str | None
    after: str | None


@frozen
class Counterexample:
    """Somebody in two worlds, and what happens to `line` between them: by `amount`. Both were replayed.

    `changes` are all cells that differ, one in most pairs. `stages` are the values of the person that differ, in
    computing order, money last. `world` has all rows of the first world, `other` those of the second. Where it takes
    one world to show something (`reaches`) the two are the same and nothing differs.
    """

    happening: Happening
    who: str
    line: str
    amount: str  # how much less, how far, how much is gained; or what is reached
    changes: tuple[Change, ...]
    stages: tuple[tuple[str, str, str], ...]
    world: Mapping[str, tuple[Mapping[str, str], ...]] = field(repr=False, hash=False)
    other: Mapping[str, tuple[Mapping[str, str], ...]] = field(repr=False, hash=False)

    @property
    def fact(self) -> str:
        """The name of the first cell that differs."""
        return self.changes[0].name if self.changes else ""

    @property
    def table(self) -> str:
        """The detail table of the first change, "" for the person's own row or where nothing changes."""
        return self.changes[0].table if self.changes else ""

    @property
    def row(self) -> int:
        """The number of the row of the first change, 0 where nothing changes."""
        return self.changes[0].row if self.changes else 0

    @property
    def before(self) -> str:
        """The text of the first changed cell before; "" where nothing changes."""
        return (self.changes[0].before or "") if self.changes else ""

    @property
    def after(self) -> str:
        """The text of the first changed cell after; "" where nothing changes."""
        return (self.changes[0].after or "") if self.changes else ""


@frozen
class Measurement:
    """A figure of the scheme that was found by trying, whether or not it is promised: the largest of `tried` pairs.

    `keyword` is that of the promise that could be made of it, or `highest_payout` or `last_cent`; `line` is what it is
    of. It is a bound of nothing: nobody found more. `shown` is where it was found, None where nothing was.
    """

    keyword: str
    line: str
    amount: str
    tried: int
    shown: Counterexample | None = None
    period: str = ""
    further: tuple[Counterexample, ...] = ()  # what belongs to it: the other of two periods


@frozen
class Directions:
    """Which facts are proved to raise `result`, and which to lower it; of those in `open` nothing is proved.

    Raising means: with more of it, everything else equal, the result is not less, and known where it was known.
    """

    result: str
    raise_it: tuple[str, ...]
    lower_it: tuple[str, ...]
    open: tuple[str, ...]


@frozen
class GroupGap:
    """How much less the average of one group is than that of another, as a part of it: of people of one category.

    `within` and `category` are "" where all are compared. `counts` are those of both; `interval` is None where no
    bounded one exists, `gap` where there is nothing to divide by. `status` is TESTED inside the limit.
    """

    by: str
    group: str
    reference: str
    counts: tuple[int, int]
    gap: Fraction | None
    interval: tuple[float, float] | None
    status: Status
    within: str = ""
    category: str = ""


@frozen
class Verdict:
    """The verdict on one promise, or on one exception of it (`subject`).

    `grounds` say how it was found, `obstacles` what keeps it from being proved, `notes` what is told besides. `period`
    is the one it holds for; of several the worst counts. What is refuted by people has its `counterexample`; what data
    decide has the `gaps` that were found, the largest first.
    """

    status: Status
    promise: str  # its English keyword
    principle: str
    place: Place = field(eq=False)
    grounds: str
    subject: str = ""
    obstacles: tuple[Obstacle, ...] = ()
    notes: tuple[str, ...] = ()
    period: str = ""
    counterexample: Counterexample | None = None
    further: tuple[Counterexample, ...] = ()  # others that show it in another way
    gaps: tuple[GroupGap, ...] = ()


@frozen
class ProofReport:
    """All verdicts on a scheme, in the order of its promises; for the periods that were looked at."""

    scheme: Scheme = field(repr=False, eq=False)
    periods: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    not_promised: tuple[str, ...]  # English keywords
    measures: tuple[Measurement, ...] = ()
    directions: tuple[Directions, ...] = ()  # where no promise speaks of them
    page: Callable[[ProofReport, str], str] | None = field(default=None, eq=False, repr=False)  # as HTML, in a language
    draw: Callable[[str], PayCurves | None] | None = field(default=None, eq=False, repr=False)  # curves, with titles

    def count(self, *statuses: Status) -> int:
        """How many promises have one of these statuses."""
        return sum(one.status in statuses for one in self.verdicts)

    @property
    def ok(self) -> bool:
        """Whether nothing is refuted."""
        return self.count(Status.REFUTED) == 0

    @property
    def all_known(self) -> bool:
        """Whether nothing is refuted, unknown or inconclusive."""
        return self.count(Status.REFUTED, Status.UNKNOWN, Status.INCONCLUSIVE) == 0

    def render(self, format: str = "text", language: str = "") -> str:
        """The report as `text`, `json`, `junit` or `html`, in `zh` or `en`, the scheme's unless said."""
        from .verdict_text import rendered

        language = language or self.scheme.language or "en"
        if format == "html" and self.page is not None:
            return self.page(self, language)
        return rendered(self, format, language)

    def __str__(self) -> str:
        return self.render()
