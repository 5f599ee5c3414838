"""A YAML document as read: mappings, lists and texts, each with its place. Nothing is typed yet."""

from __future__ import annotations

from attrs import field, frozen

from ..base.places import Place, Source


@frozen
class Scalar:
    """A piece of text. `offsets` maps each character of `text`, and its end, to the source.

    `style` is "plain", "single", "double", "literal" or "folded". `rest` is the comment behind it where that seems to
    belong to the text.
    """

    text: str
    place: Place = field(eq=False)
    offsets: tuple[int, ...] = field(eq=False, repr=False, default=())
    style: str = field(eq=False, default="plain")
    rest: Place | None = field(eq=False, default=None)


@frozen
class Entry:
    key: Scalar
    value: Item


@frozen
class Mapping:
    """Entries in written order; no key twice. `flow` says it was written in braces."""

    entries: tuple[Entry, ...]
    place: Place = field(eq=False)
    flow: bool = field(eq=False, default=False)

    def get(self, key: str) -> Item | None:
        return next((e.value for e in self.entries if e.key.text == key), None)


@frozen
class Sequence:
    items: tuple[Item, ...]
    place: Place = field(eq=False)
    flow: bool = field(eq=False, default=False)


Item = Scalar | Mapping | Sequence


@frozen
class Document:
    source: Source
    root: Mapping
