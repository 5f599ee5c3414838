"""What a scheme calls its names and words for people, in one language.

A title that is missing in the language falls back to the other language, and from there to the name.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..base.titles import Title
from .scheme import Input, Role, Scheme


def titles_in(scheme: Scheme, language: str) -> dict[str, str]:
    """The titles of all that has one, by name: inputs, quantities, parameters, tables, functions, details, groups.

    A group's title belongs to the name of its table. What an indicator measured has none of its own, nor has
    a sum of pay (`net`), unless the scheme gives it one.
    """
    return {name: title.said(language) for name, title in _titles(scheme) if title}


def _titles(scheme: Scheme) -> Iterator[tuple[str, Title]]:
    yield from ((one.name, one.title) for one in every_input(scheme))
    yield from ((one.name, one.title) for one in scheme.parameters)
    yield from ((one.name, one.title) for one in scheme.tables)
    yield from ((one.name, one.title) for one in scheme.functions)
    yield from ((one.name, one.title) for one in scheme.details)
    yield from ((one.name, one.title) for one in scheme.groups)
    yield from ((one.name, one.title) for one in scheme.quantities if one.role is not Role.MEASURED)


def every_input(scheme: Scheme) -> Iterator[Input]:
    """Every input: of people, of rows of details, of groups."""
    yield from scheme.inputs
    yield from (one for table in scheme.details for one in table.inputs)
    yield from (one for table in scheme.groups for one in table.inputs)


def title_of(scheme: Scheme, name: str, language: str) -> str:
    """What people call a name of the scheme in a language; the name itself if it has no title."""
    return titles_in(scheme, language).get(name, name)


def scheme_title(scheme: Scheme, language: str) -> str:
    """What people call the scheme in a language; its name if it has no title."""
    return scheme.title.said(language) or scheme.name


def words_in(scheme: Scheme, language: str) -> dict[str, str]:
    """What people call the words of categories (`one_of`), by word; a word with two different titles is left out."""
    found: dict[str, set[str]] = {}
    for one in every_input(scheme):
        for word, title in one.words:
            found.setdefault(word, set()).add(title.said(language))
    return {word: next(iter(said)) for word, said in found.items() if len(said) == 1}
