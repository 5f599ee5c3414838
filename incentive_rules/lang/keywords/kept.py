"""The words of a file of counterexamples, in both spellings; its promises are those of a scheme."""

from __future__ import annotations

from .entry import Vocabulary, Word

COUNTEREXAMPLES = Word("counterexamples", "反例")
KEPT = Vocabulary("kept", (
    Word("promise", "承诺"), Word("period", "周期"), Word("who", "人员编号"), Word("one", "情形一"), Word("other", "情形二"),
))  # fmt: skip
PEOPLE = Word("people", "人员")
