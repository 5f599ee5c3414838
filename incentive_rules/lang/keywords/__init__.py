"""The one table of keywords: every field of every block, in both spellings, with its meaning.

Loading, the JSON Schemas for editors and the reference page are made from it. `BLOCKS` has the
fields, `words` the choices. A document uses one language of keywords, that of its first key.
"""

from __future__ import annotations

from .document import EFFECTIVE, SCHEME
from .entry import Block, ByForm, ByKey, Choice, Entries, Field, Fields, Form, Items, OneOf, Reads, Rows, Text, Word
from .facts import FACTUAL
from .measures import MEASURES
from .money import MONEY
from .promises import PROMISED
from .words import CHOICES, FLAGS, MISSING, TBD

ALL_BLOCKS = (SCHEME, EFFECTIVE, *MEASURES, *MONEY, *PROMISED, *FACTUAL)
BLOCKS = {block.name: block for block in ALL_BLOCKS}
OPEN_BLOCKS = frozenset({"detail_row"})  # beside its own keys it holds the author's names
SPELLINGS = {spelling for block in ALL_BLOCKS for f in block.fields for spelling in (f.key, f.chinese)}

__all__ = [
    "ALL_BLOCKS", "BLOCKS", "CHOICES", "FLAGS", "MISSING", "OPEN_BLOCKS", "SPELLINGS", "TBD",
    "Block", "ByForm", "ByKey", "Choice", "Entries", "Field", "Fields", "Form", "Items", "OneOf", "Reads", "Rows", "Text", "Word",
]  # fmt: skip
