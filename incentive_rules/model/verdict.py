"""What is known of a promise: proved, refuted, accepted as an exception, or unknown, each with its grounds.

Phrases are in both languages (`base.words.both`); reports choose one.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from attrs import field, frozen

from ..base.places import Place
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


@frozen
class Counterexample:
    """Somebody in two worlds that differ in one fact: better in the second, and paid less. Both were replayed.

    `fact` stands in row `row` of `table`, counted from 1 ("" the people); `before` and `after` are its values. `stages`
    are the values of the person that differ, in computing order, money last. `world` has all rows of the first world.
    """

    who: str
    fact: str
    table: str
    row: int
    before: str
    after: str
    stages: tuple[tuple[str, str, str], ...]
    world: Mapping[str, tuple[Mapping[str, str], ...]] = field(repr=False, hash=False)


@frozen
class Verdict:
    """The verdict on one promise, or on one exception of it (`subject`).

    `grounds` say how it was found, `obstacles` what keeps it from being proved, `notes` what is told besides. `period`
    is the one it holds for; of several the worst counts. What is refuted by people has its `counterexample`.
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


@frozen
class ProofReport:
    """All verdicts on a scheme, in the order of its promises; for the periods that were looked at."""

    scheme: Scheme = field(repr=False, eq=False)
    periods: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    not_promised: tuple[str, ...]  # English keywords

    def count(self, *statuses: Status) -> int:
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
        """The report as `text` or `json`."""
        from .verdict_text import rendered

        return rendered(self, format, language or self.scheme.language or "en")

    def __str__(self) -> str:
        return self.render()
