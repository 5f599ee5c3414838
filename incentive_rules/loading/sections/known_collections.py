"""Collects what can own rows, share a pool or be aggregated over, and the words that name each."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Mapped

from attrs import frozen

from ...base.text import nearest
from ...base.words import both, in_language
from ...lang.functions import EVERYONE, MEANS_EVERYONE
from ...model.document import Item, Scalar
from ...model.scheme import Input
from .findings import LoadingLog
from .section import entries_of, open_block, texts_of


@frozen
class Collections:
    """What can own rows or be aggregated over: people by their key, detail tables, groups.

    `groups` maps every word for a group (the name of its table, its key) to the name of its level, the key. `doubtful`
    are categories that make no groups, because people may lack them; `lost` are names in sections with an unknown key,
    which may be anything.
    """

    key: str | None
    details: frozenset[str]
    groups: Mapped[str, str]
    doubtful: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()

    def resolved(self, word: str) -> str:
        """The name of the level that `word` names; any other word unchanged."""
        return EVERYONE[0] if word in EVERYONE else self.groups.get(word, word)

    def group(self, findings: LoadingLog, word: Scalar) -> str | None:
        """The level of a group, or of everyone, that `word` names; None, and reported, if it names neither."""
        level = self.resolved(word.text)
        if level == EVERYONE[0] or word.text in self.groups or word.text in self.lost:
            return level
        everyone = in_language(findings.language, *EVERYONE)
        near = (everyone,) if word.text.casefold() in MEANS_EVERYONE else nearest(word.text, self.groups, 1)
        groups = list(dict.fromkeys(self.groups.values()))
        named = both(", ".join([EVERYONE[0], *groups]), "、".join([EVERYONE[1], *groups]))
        findings.report(
            "group-unknown", word.place, "missing" if word.text in self.doubtful else "near" if near else "",
            name=word.text, near=near[0] if near else "", groups_word=named,
        )  # fmt: skip
        return None

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that names a collection, except those for everyone."""
        return (*([self.key] if self.key else []), *self.details, *self.groups)


def collections(
    findings: LoadingLog, people: Iterable[Input], details_item: Item | None, groups_item: Item | None,
    lost: Iterable[str],
) -> Collections:  # fmt: skip
    """The collections of a document, from the inputs of people and the names of its tables."""
    lost, found = set(lost), list(people)
    key = next((i.name for i in found if i.type == "key"), None)
    able = [i for i in found if i.type in ("category", "key") and i.name != key]
    made = {i.name: i.name for i in able if not i.can_be_missing}
    for entry in entries_of(findings, groups_item):
        section = open_block(findings, entry.value, "data_group", entry.key.text)
        own = section.text("key") if section else ""
        if not own:  # one of its texts may have been meant as the key
            lost |= {text.text for text in texts_of(entry.value)}
        made[entry.key.text] = own or entry.key.text
        if own:
            made[own] = own
    doubtful = frozenset(i.name for i in able if i.name not in made)
    tables = frozenset(e.key.text for e in entries_of(findings, details_item))
    return Collections(key, tables, made, doubtful, frozenset(lost))
