"""Walks along tracks: first the places worth a look, then between two of them wherever something turns.

All tracks of one crowd are walked side by side, so that one run of the engine plays a step of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from attrs import field, frozen

from ..model.result import Result
from ..played import PlayedGround
from ..proving.worlds import World
from .thresholds import SchemeThresholds, Signature, Track

FallsBetween = Callable[[Result, Result], bool]


@frozen(eq=False)
class Stop:
    """One world on a track, and what the person who moves gets in it; None where somebody is refused."""

    place: int
    world: World
    result: Result | None
    signature: Signature = ()


@frozen(eq=False)
class Walk:
    """The stops of one track so far, by place."""

    track: Track
    stops: dict[int, Stop] = field(factory=dict)

    def neighbours(self) -> Iterator[tuple[Stop, Stop]]:
        """Each stop with the next one, where nobody is refused."""
        places = sorted(self.stops)
        for low, high in pairwise(places):
            one, other = self.stops[low], self.stops[high]
            if one.result is not None and other.result is not None:
                yield one, other

    def turning(self) -> Iterator[tuple[int, int]]:
        """Neighbours between which something turns, and which are further than one step apart."""
        places = sorted(self.stops)
        for low, high in pairwise(places):
            one, other = self.stops[low], self.stops[high]
            refused = (one.result is None) + (other.result is None)
            if high - low > 1 and refused < 2 and (refused or one.signature != other.signature):
                yield low, high


class Walker:
    """Walks the tracks of one crowd, with at most so many worlds."""

    def __init__(self, thresholds: SchemeThresholds, ground: PlayedGround, most_worlds: int) -> None:
        self._thresholds, self._ground, self.left = thresholds, ground, most_worlds
        self._persons = {key: number for number, key in enumerate(ground.keys)}

    def walked(self, tracks: Sequence[Track], turns: bool = True) -> list[Walk]:
        """The tracks, walked through what is worth a look and, with `turns`, to where something turns."""
        walks = [Walk(track) for track in tracks]
        wanted = [(walk, place) for walk in walks for place in walk.track.worth]
        while wanted and self.left > 0:
            self._play(wanted)
            wanted = [(walk, (low + high) // 2) for walk in walks for low, high in walk.turning()] if turns else []
        return walks

    def narrowed(self, walk: Walk, low: Stop, high: Stop, falls: FallsBetween) -> tuple[Stop, Stop]:
        """The same fall between two neighbouring places: of two halves one has it."""
        while high.place - low.place > 1:
            middle = self.at(walk, (low.place + high.place) // 2)
            results = (low.result, middle.result, high.result)
            if results[0] is None or results[1] is None or results[2] is None:
                break
            if falls(results[0], results[1]):
                high = middle
            elif falls(results[1], results[2]):
                low = middle
            else:
                break
        return low, high

    def at(self, walk: Walk, place: int) -> Stop:
        """The stop at a place."""
        if place not in walk.stops:
            self._play([(walk, place)])
        return walk.stops[place]

    def _play(self, wanted: Sequence[tuple[Walk, int]]) -> None:
        wanted = wanted[: max(1, self.left)]
        self.left -= len(wanted)
        worlds = [walk.track.world(place) for walk, place in wanted]
        played = self._ground.play(worlds)
        for number, ((walk, place), world) in enumerate(zip(wanted, worlds, strict=True)):
            person = self._persons[walk.track.mover.key]
            result = played.result(number, person)
            if result is not None and not result.in_scope:
                result = None
            signature: Signature = ()
            if result is not None:
                signature = self._thresholds.signature(self._ground.tables, world, result, walk.track)
            walk.stops[place] = Stop(place, world, result, signature)
