"""What one code of the catalogue holds."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from ..diagnostics import Severity
from ..words import in_language

ERROR = Severity.ERROR


@frozen
class Wording:
    """One message and its remedy, with `{holes}` that `Diagnostic.params` fill.

    The message stands alone: lower-case start, no final full stop, names in backticks. The remedy
    can be pasted or acted upon; it is empty only where the message already says it.
    """

    message: str
    help: str = ""


@frozen
class Code:
    """One kind of finding.

    `variants` give another wording under the same code, each in both languages with the same holes.
    `wrong` is a fragment that earns the code, `right` the same thing mended: top-level sections that
    replace or extend those of a minimal scheme (or a whole document where it begins with `format`;
    a data family's fragment shows rows of csv). `why_en` and `why_zh` explain the rule in a sentence or two.
    """

    name: str
    severity: Severity
    en: Wording
    zh: Wording
    why_en: str
    why_zh: str
    wrong: str = ""
    right: str = ""
    variants: Mapping[str, tuple[Wording, Wording]] = field(factory=dict, hash=False)

    def wording(self, language: str, variant: str = "") -> Wording:
        """The wording in `zh` or `en`; that of the code itself where there is no such variant."""
        english, chinese = self.variants.get(variant, (self.en, self.zh))
        return in_language(language, english, chinese)
