"""What things are called for people: a title, in one language or in both."""

from __future__ import annotations

from collections.abc import Callable, Mapping

LANGUAGES_OF_TITLES = ("zh", "en")


class Title(str):
    """A title: as a text it is what the scheme's own language says, and it may say the same in the other one.

    Titles are equal where their texts in the scheme's language are. Empty where a thing has no title.

    >>> title = Title.of({"zh": "初级", "en": "Junior"}, "zh")
    >>> str(title), title.said("en"), Title("Junior").said("zh")
    ('初级', 'Junior', 'Junior')
    """

    in_languages: Mapping[str, str]  # language → text; empty where one text stands for both

    def __new__(cls, text: str = "", in_languages: Mapping[str, str] | None = None) -> Title:
        title = super().__new__(cls, text)
        title.in_languages = dict(in_languages or {})
        return title

    @classmethod
    def of(cls, in_languages: Mapping[str, str], own: str) -> Title:
        """The title with these texts by language; `own` is the scheme's language. Empty texts count as not said."""
        said = {language: text for language, text in in_languages.items() if text}
        return cls(said.get(own) or next(iter(said.values()), ""), said)

    def said(self, language: str) -> str:
        """The title in a language; in the other one where this is missing; empty where there is none."""
        return self.in_languages.get(language) or str(self)

    def changed(self, change: Callable[[str], str]) -> Title:
        """The title after `change` of its text in each language."""
        return Title(change(str(self)), {language: change(text) for language, text in self.in_languages.items()})


NO_TITLE = Title()


def as_title(text: str) -> Title:
    """A title as it is; a plain text as the title in every language."""
    return text if isinstance(text, Title) else Title(text)
