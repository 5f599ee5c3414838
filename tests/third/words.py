"""The words of the language, read from the tables of `docs/reference/keywords.md` and `functions.md`.

>>> BLOCKS["a-pool-·-奖金池"]["按比例"].english
'in_proportion_to'
>>> CHOICES["ties"]["全部授予"], FUNCTIONS["取小"], OPTIONS["其中"]
('all', 'min', 'where')
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
ROOT = "a-scheme-·-方案"
ROWS = "a-table-·-表格"


class Keyword(NamedTuple):
    """One key of a block: its English spelling, and the kind of value that the page says."""

    english: str
    kind: str


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("\0", "|") for cell in line.replace("\\|", "\0").strip().strip("|").split("|")]


def _bare(cell: str) -> str:
    return cell.strip("`")


def _keywords() -> tuple[dict[str, dict[str, Keyword]], dict[str, dict[str, str]]]:
    """Each block's keys in both spellings, and each choice's words."""
    blocks: dict[str, dict[str, Keyword]] = {}
    choices: dict[str, dict[str, str]] = {}
    anchor = ""
    for line in (REFERENCE / "keywords.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            anchor = line.lstrip("# ").lower().replace(" ", "-")
        elif line.startswith("| `"):
            cells = _cells(line)
            english, chinese = _bare(cells[0]), _bare(cells[1])
            if len(cells) == 6:
                block = blocks.setdefault(anchor, {})
                block[english] = block[chinese] = Keyword(english, cells[2])
            else:
                words = choices.setdefault(anchor, {})
                words[english] = words[chinese] = english
    return blocks, choices


def _functions() -> tuple[dict[str, str], dict[str, str], dict[str, dict[str, str]], dict[str, str], dict[str, str]]:
    """Functions, options, the words of options and the names of ours: spelling -> English; results: English -> 中文."""
    functions: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    own: dict[str, str] = {}
    results: dict[str, str] = {}
    heading = ""
    text = (REFERENCE / "functions.md").read_text(encoding="utf-8")
    for line in text.splitlines():
        cells = _cells(line)
        heading = line if line.startswith("#") else heading
        if re.match(r"\| `\w+=` of", line):
            option = re.match(r"`(\w+)=`", cells[0])
            assert option is not None
            english, chinese = (_bare(cell).strip('"') for cell in cells[1:3])
            found = words.setdefault(option[1], {})
            found[english] = found[chinese] = english
        elif line.startswith("| `"):
            english, chinese = _bare(cells[0]), _bare(cells[1])
            if heading == "## Names of results":
                results[english] = chinese
                continue
            (own if len(cells) == 3 else functions).update({english: english, chinese: english})
    options = dict(re.findall(r"`(\S+?)=` is `(\w+)=`", text))
    options.update({english: english for english in list(options.values())})
    value = re.search(r"`value\(indicator\)`, 中文 `(\S+?)\(", text)
    assert value is not None
    own.update({"value": "value", value[1]: "value"})
    return functions, options, words, own, results


BLOCKS, CHOICES = _keywords()
FUNCTIONS, OPTIONS, OPTION_WORDS, OWN, RESULTS = _functions()
TABLE_WORDS = ("from", "up_to", "equals", "points", "slices")
