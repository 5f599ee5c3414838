"""The fields of a checked scheme that have no part in its fingerprint of meaning, each with the reason."""

from __future__ import annotations

from collections.abc import Mapping

from ..base.periods import Period
from ..lang.types import Facts, Type
from ..model.checked import Checked, CheckedInput, CheckedQuantity, Guard, Premise
from ..model.levels import Collection
from ..model.scheme import Details, Group, Indicator, Input, PayLine, Quantity, Scheme
from ..model.terms import LookUp

PEOPLE = "for people alone: words beside the numbers"
PLACE = "where it stands in the file"
TERM = "it stands in the terms that checking made of it"
APART = "it is walked on its own, so that the order of definitions does not count"
CHECKED = "checking has made of it what counts: the type, the bounds, the rounding"
NOT_RUN = "it decides whether a run may be, and no amount of one"

Reasons = Mapping[str, str]

WITHOUT_MEANING: Mapping[type, Reasons] = {
    Checked: {
        "scheme": APART, "inputs": APART, "quantities": APART, "premises": APART, "levels": APART, "guards": APART,
        "constants": TERM, "grids": TERM,
        "assumptions": "the same stands in each quantity: whether its range is looked at",
    },
    Scheme: {
        "name": "what it is called; the records that a run is given are part of its data",
        "version": PEOPLE, "title": PEOPLE, "notes": PEOPLE, "measured_by": PEOPLE, "language": PEOPLE, "place": PLACE,
        "keyword_language": "both languages of keywords say the same",
        "status": NOT_RUN, "published": NOT_RUN, "backdated": NOT_RUN, "last_day": NOT_RUN, "holes": NOT_RUN,
        "lost_names": NOT_RUN, "promises": "a promise, which is proved and not computed",
        "examples": "they are tested, and nobody is paid by them", "example_periods": "periods of examples",
        "inputs": APART, "details": APART, "groups": APART, "quantities": APART,
        "require": TERM, "applies_to": TERM, "selections": TERM, "parameters": TERM, "tables": TERM,
        "functions": TERM, "families": TERM,
        "rounding": CHECKED, "period_kind": "the kind of the period that is run",
        "show_groups_from": PEOPLE,
    },
    Input: {
        "title": PEOPLE, "unit": "a label, which arithmetic drops", "place": PLACE, "carried_place": PLACE,
        "low": CHECKED, "high": CHECKED, "one_of": CHECKED, "decimals": CHECKED,
        "words": PEOPLE,
    },
    CheckedInput: {},
    Quantity: {
        "title": PEOPLE, "unit": "a label, which arithmetic drops", "place": PLACE, "decided_by": PEOPLE,
        "body": TERM, "when": TERM, "adjust": TERM, "type": CHECKED, "decimals": CHECKED, "rounding": CHECKED,
        "low": CHECKED, "high": CHECKED, "table": "the level of the checked quantity",
        "family": "where a repeated block was expanded", "member": "where a repeated block was expanded",
    },
    CheckedQuantity: {
        "rounding": "counted apart: an exact value rounds in no way",
        "facts": "what is proved follows from the term; the type is counted, and a range that is looked at",
    },
    Indicator: {
        "source": PEOPLE,
        "better": "a promise, which is proved and not computed",
        "near": "a promise, which is proved and not computed",
        "parent": "the tree of indicators stands in the terms of its means", "min_rows": TERM,
    },
    PayLine: {"at_risk": "a promise, which is proved and not computed"},
    Premise: {
        "formula": "its text, for the message; its meaning is the term",
        "of_group": "of one person alone, and its term has it",
    },
    Guard: {"place": PLACE},
    Collection: {"owners": "counted in an order of their own"},
    Details: {"inputs": APART, "title": PEOPLE, "place": PLACE},
    Group: {"inputs": APART, "title": PEOPLE, "place": PLACE, "key_place": PLACE},
    Facts: {},
    Type: {"unit": "a label, which arithmetic drops", "literal": "how a type was found"},
    Period: {"text": "how the period is written; its days count"},
    LookUp: {"table": "what a table is called in explanations"},
}  # fmt: skip
