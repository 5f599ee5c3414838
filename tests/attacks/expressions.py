"""The corpus of expressions as schemes: each one becomes a quantity and goes all the way.

Also run as a program, for the cases that are about size: it reads ids from its arguments and prints, as
JSON, what became of each and what that took.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NotRequired, TypedDict, TypeVar

from attrs import evolve, frozen

import incentive_rules as ir
from incentive_rules.base.diagnostics import Diagnostic, Severity
from incentive_rules.base.periods import read_period
from incentive_rules.base.reports import severity_of
from incentive_rules.base.text import HIDDEN
from incentive_rules.checking import check_scheme
from incentive_rules.compiling import compile_plan
from incentive_rules.lang.parser import parse
from incentive_rules.loading import load
from incentive_rules.model.scheme import Formula
from incentive_rules.reading.values import one_person
from tests.pace import seconds
from tests.shared_data import shared_folder

Given = int | str | dict[str, str]
Value = bool | Fraction
T = TypeVar("T")

FRAMES = 700  # how deep the caller may already stand
PERIOD = "2026-01"


class Case(TypedDict):
    id: str
    expr: str | None
    expr_parts: NotRequired[list[tuple[str, int]]]
    expect: str
    level: str
    value: NotRequired[str | bool]
    names: NotRequired[dict[str, Given]]
    hint: NotRequired[str]


@frozen
class Outcome:
    """What became of one expression: its value in the scalar engine and in the referee, or what was refused."""

    refused: tuple[Diagnostic, ...] = ()
    scalar: Value | None = None
    judged: Value | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(d.code for d in self.refused)


def cases(shared: Path) -> dict[str, Case]:
    lines = (shared / "attacks" / "expressions.jsonl").read_text("utf-8").splitlines()
    found: list[Case] = [json.loads(line) for line in lines]
    default = json.loads((shared / "attacks" / "default_names.json").read_text("utf-8"))
    for case in found:
        case.setdefault("names", default)
    return {case["id"]: case for case in found}


def text_of(case: Case) -> str:
    written = case["expr"]
    return "".join(text * times for text, times in case["expr_parts"]) if written is None else written


def is_about_size(case: Case) -> bool:
    """Whether a case may hang, or take all the memory, where it is not refused."""
    return "expr_parts" in case or case["id"].startswith("resource-")


# ── The way of an expression ──────────────────────────────────────────────────────────────────────


def scheme_with(expression: str, names: Mapping[str, Given]) -> str:
    """A scheme with one quantity `q`, the expression in double quotes on the last line."""
    return "\n".join(
        [
            "format: 1",
            "scheme: attacked",
            "effective: {first_day: 2026-01-01, last_day: 2026-12-31}",
            "period: month",
            "inputs:",
            "  worker: {type: key}",
            *(f"  {name}: {_declared(given)}" for name, given in names.items()),
            "quantities:",
            f"  q: {{is: {quoted(expression)}}}",
            "",
        ]
    )


def _declared(given: Given) -> str:
    """The fitting input: a word, a decimal, or a whole number that is surely not 0 where the case has another."""
    if isinstance(given, str):
        return "{type: category}"
    if isinstance(given, dict):
        return "{type: number, decimals: 1, range: [0, 1]}"
    return f"{{type: integer, range: [{min(given, 1)}, 1000]}}"


def row_of(names: Mapping[str, Given]) -> dict[str, object]:
    given = {name: Decimal(v["decimal"]) if isinstance(v, dict) else v for name, v in names.items()}
    return {"worker": "W", **given}


def quoted(text: str) -> str:
    """`text` in double quotes, as YAML writes what cannot stand in a file."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    code = ord(character)
    if character in '"\\':
        return "\\" + character
    if character.isprintable() and not HIDDEN.match(character):
        return character
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def errors_in(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    return tuple(d for d in found if severity_of(d.code) is Severity.ERROR)


def outcome_of(case: Case) -> Outcome:
    """From the text of a scheme to both engines on the row of the case."""
    try:
        pipeline = ir.compile(text=scheme_with(text_of(case), case["names"]), period=PERIOD)
    except ir.SchemeError as error:
        return Outcome(errors_in(error.diagnostics))
    return _computed(pipeline, case)


def direct_outcome(case: Case) -> Outcome:
    """The same past YAML: the parser sees every character of the expression, those too that YAML refuses."""
    text = text_of(case)
    scheme, _ = load(scheme_with("0", case["names"]), "attack.yaml")
    assert scheme is not None
    (quantity,) = scheme.quantities
    expression, faults = parse(text)
    if expression is None:
        return Outcome(tuple(Diagnostic(f.code, quantity.place, f.params, f.variant) for f in faults))
    formula = Formula(text, expression, quantity.place, (quantity.place.start,) * (len(text) + 1))
    checked, found = check_scheme(
        evolve(scheme, quantities=(evolve(quantity, body=formula),)), read_period(PERIOD, (1, 1))
    )
    plan, more = compile_plan(checked) if checked is not None else (None, ())
    if checked is None or plan is None:
        return Outcome(errors_in((*found, *more)))
    return _computed(ir.Pipeline(checked, plan), case)


def _computed(pipeline: ir.Pipeline, case: Case) -> Outcome:
    row = row_of(case["names"])
    judged = pipeline.judge(*one_person(pipeline.checked, row, {}))
    return Outcome(scalar=_exact(pipeline.score(row)["q"]), judged=_exact(judged.values["q"]))


def _exact(value: object) -> Value:
    """A value of the promised types and of no others, subclasses included."""
    assert type(value) in (bool, int, Decimal, Fraction), type(value)
    return value if isinstance(value, bool) else Fraction(value)  # type: ignore[arg-type]


def on_a_deep_stack(work: Callable[[], T], frames: int = FRAMES) -> T:
    return on_a_deep_stack(work, frames - 1) if frames else work()


# ── In a process of its own ───────────────────────────────────────────────────────────────────────


def memory() -> int:
    """The most memory that this process ever held, in MB; 0 where the system does not say."""
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


def main(ids: list[str]) -> None:
    """Run cases one after another, each on a shallow and on a deep stack, and print what they took."""
    shared = shared_folder()
    assert shared is not None
    known = cases(shared)
    outcome_of({**known["benign-001"]})  # everything is imported and warm: the process is idle
    idle = memory()
    found = []
    for name in ids:
        began = time.process_time()
        outcome = outcome_of(known[name])
        took = time.process_time() - began
        deep = on_a_deep_stack(lambda name=name: outcome_of(known[name]))  # type: ignore[misc]
        found.append({
            "id": name, "seconds": took, "most": seconds(1) if took >= 1 else 1, "megabytes": memory() - idle,
            "refused": outcome.codes,
            "value": None if outcome.scalar is None else str(outcome.scalar), "same": deep == outcome,
        })  # fmt: skip
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
