"""The words of a random document: keywords, choices, functions, options and operators in one of the two languages."""

from __future__ import annotations

from random import Random

from incentive_rules.lang.functions import AWARD, CHINESE, EVERYONE, OPTION_WORDS, OTHERS, PART, VALUE
from incentive_rules.lang.keywords import BLOCKS, CHOICES
from incentive_rules.lang.keywords.words import MEMBER

OPERATORS = {"and": "且", "or": "或", "not": "非", "in": "属于", "not in": "不属于", "true": "是", "false": "否",
             "missing": "缺失"}  # fmt: skip
OWN_WORDS = {one[0]: one[1] for one in (EVERYONE, OTHERS, PART, VALUE, AWARD, MEMBER)}
WORDS_OF_OPTIONS = {(w.option, w.english): w.chinese for w in OPTION_WORDS}
ALL_CHOICES = {choice.name: choice for choice in CHOICES}


class Tongue:
    """Spells the words of ours. Formulas may mix both spellings in any document; keywords may not."""

    def __init__(self, rng: Random, language: str) -> None:
        self.rng = rng
        self.language = language
        self.chinese = language == "zh"

    def key(self, block: str, key: str) -> str:
        return BLOCKS[block].by_key[key].spelling(self.language)

    def word(self, choice: str, english: str) -> str:
        return next(w.spelling(self.language) for w in ALL_CHOICES[choice].words if w.english == english)

    def _mixed(self, english: str, chinese: str) -> str:
        return chinese if self.rng.random() < (0.8 if self.chinese else 0.05) else english

    def call(self, function: str) -> str:
        return self._mixed(function, CHINESE[function])

    def option(self, name: str) -> str:
        return self._mixed(name, CHINESE.get(name, name))

    def option_word(self, option: str, english: str) -> str:
        return f'"{self._mixed(english, WORDS_OF_OPTIONS[option, english])}"'

    def operator(self, english: str) -> str:
        return self._mixed(english, OPERATORS[english])

    def own(self, english: str) -> str:
        """A word of ours that stands for rows or values: everyone, others, part, value, award, member."""
        return self._mixed(english, OWN_WORDS[english])

    def flag(self, value: bool) -> str:
        return ("是" if value else "否") if self.chinese else str(value).lower()
