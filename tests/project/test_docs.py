"""The examples in README and docs/ do what the page says.

A page is read from top to bottom in a folder of its own, in which `schemes/` lies where the page speaks of it, so that
a command may use the file that an earlier block wrote. What a fenced block says after its language decides what
happens to it:

    yaml            a document (it begins with `format` or 格式) has no errors; a fragment is only shown
    yaml file=NAME  the same, and it is written to NAME for the blocks that follow
    yaml wrong      a document that has errors (with file=NAME, for a command to show them)
    csv file=NAME   written to NAME, perhaps in a folder
    console         commands after `$ `: ours and `pytest` are run, and print exactly what stands below them;
                    `cat FILE` and `echo $?` work as in a shell, anything else is only shown;
                    a line `…` stands for lines that the page leaves out
    python          runs and prints what `# prints:` says; the blocks of one page share their names
    ... shared=DIR  needs that folder of the shared data, which appears under its last name
    ... fragment    shown, never run
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from doctest import DocTestFinder, DocTestRunner
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from attrs import frozen

import incentive_rules
from tests.shared_data import ABSENT, shared_folder

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
OURS = ("incentive-rules", "irules")
INSTALLED = any(one.value == "incentive_rules.pytest_plugin" for one in entry_points(group="pytest11"))
OF_THIS_RUN = ("LC_", "INCENTIVE_RULES_", "FORCE_COLOR", "PYTEST_")  # how variables begin that no reader has
OF_SERVERS = ("CI", "BUILD_NUMBER")  # with one of them pytest cuts no line of its summary
PYTEST = ["pytest", "-p", "no:cacheprovider", *([] if INSTALLED else ["-p", "incentive_rules.pytest_plugin"])]
SECONDS = re.compile(r"in [0-9.]+s(?: \([0-9:]+\))?$")  # what pytest says of itself
FINGERPRINT = re.compile(r"\b[0-9a-f]{12}\b")  # of a plan: it may change with any release


@frozen
class Block:
    page: Path
    line: int
    language: str
    words: tuple[str, ...]
    text: str
    start: int  # of the text, in the page

    def option(self, name: str) -> str | None:
        return next((w.partition("=")[2] for w in self.words if w.startswith(f"{name}=")), None)

    @property
    def where(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks_of(page: Path) -> Iterator[Block]:
    text = page.read_text("utf-8")
    for found in re.finditer(r"^```(\w+)([^\n]*)\n(.*?)^```$", text, re.M | re.S):
        language, words, body = found.groups()
        line = text.count("\n", 0, found.start()) + 1
        yield Block(page, line, language, tuple(words.split()), body, found.start(3))


def commands_of(block: Block) -> Iterator[tuple[str, str]]:
    """Each command of a console block, over several lines where they end in a backslash, and the output below it."""
    pieces = re.split(r"^\$ ((?:.*\\\n)*.*\n)", block.text, flags=re.M)
    yield from zip((command.rstrip("\n") for command in pieces[1::2]), pieces[2::2], strict=True)


def run_console(block: Block, folder: Path) -> str:
    """The block as it ought to be: each of our commands with what it prints."""
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(OF_THIS_RUN) and k not in OF_SERVERS},
        "LANG": "C.UTF-8", "COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    code = 0
    whole = ""
    for command, expected in commands_of(block):
        words = shlex.split(command.replace("\\\n", " "))
        shown = expected
        if words[:2] == ["echo", "$?"]:
            shown = f"{code}\n"
        elif words[0] == "cat":
            shown = (folder / words[1]).read_text("utf-8-sig")
        elif words[0] in (*OURS, "pytest"):
            program = [sys.executable, "-m", *(PYTEST if words[0] == "pytest" else ["incentive_rules"]), *words[1:]]
            done = subprocess.run(
                program, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
            )  # fmt: skip
            code, lines = done.returncode, [SECONDS.sub("in 1.00s", line.rstrip()) for line in done.stdout.splitlines()]
            gap = "\n" if expected.endswith("\n\n") else ""
            lines = shortened(lines, expected.rstrip("\n").split("\n"))
            shown = "".join(f"{line}\n" for line in lines).rstrip("\n") + "\n" * bool(lines) + gap
        whole += f"$ {command}\n{shown}"
    return whole


def shortened(lines: list[str], wanted: list[str]) -> list[str]:
    """The lines with as many of them left out as the page leaves out at its line `…`."""
    if "…" not in wanted:
        return lines
    before, after = wanted.index("…"), len(wanted) - wanted.index("…") - 1
    while lines and not lines[-1]:
        lines = lines[:-1]
    return lines if len(lines) <= before + after else [*lines[:before], "…", *lines[len(lines) - after :]]


def check_document(block: Block, folder: Path) -> None:
    if not block.text.lstrip("# \n").startswith(("format:", "格式:", "格式：")):
        return
    path = folder / (block.option("file") or "scheme.yaml")
    path.write_text(block.text, "utf-8")
    report = incentive_rules.check(path)
    assert report.ok is ("wrong" not in block.words), f"{block.where}\n{report}"


def _tried(page: Path) -> ParameterSet:
    """README and the first tutorial; pages with many commands wait for the profiles `ci` and `nightly`."""
    later = page.parent.name == "how-to" or page.stem.endswith("_zh") or page.stem == "tickets_to_pay"
    marks = (pytest.mark.thorough,) if later else ()
    return pytest.param(page, marks=marks, id=str(page.relative_to(ROOT)))


@pytest.mark.parametrize("page", [_tried(page) for page in PAGES])
def test_the_examples_of_a_page(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    if "schemes/" in page.read_text("utf-8"):
        shutil.copytree(ROOT / "schemes", tmp_path / "schemes")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "example"}
    absent = False
    written: list[tuple[Block, str]] = []
    for block in blocks_of(page):
        if "fragment" in block.words:
            continue
        if needed := block.option("shared"):
            folder = shared_folder()
            if folder is None:
                absent = True
                continue
            link = tmp_path / Path(needed).name
            if not link.exists():
                link.symlink_to(folder / needed)
        if (file := block.option("file")) and block.language != "console":
            (tmp_path / file).parent.mkdir(exist_ok=True)
            (tmp_path / file).write_text(block.text, "utf-8")
        if block.language == "yaml":
            check_document(block, tmp_path)
        elif block.language == "console":
            printed = run_console(block, tmp_path)
            if pytestconfig.getoption("--write-docs"):
                written.append((block, printed))
            else:
                hint = f"{block.where} (--write-docs writes what is printed into the page)"
                assert FINGERPRINT.sub("…", printed) == FINGERPRINT.sub("…", block.text), hint
        elif block.language == "python":
            with contextlib.redirect_stdout(io.StringIO()) as shown:
                exec(compile("\n" * block.line + block.text, str(page), "exec"), names)
            printed_lines = iter(shown.getvalue().splitlines())
            for expected in re.findall(r"# prints: (.*)", block.text):
                assert expected in printed_lines, f"{block.where}: {expected}"  # in this order
    text = page.read_text("utf-8")
    for block, printed in reversed(written):
        text = text[: block.start] + printed + text[block.start + len(block.text) :]
    if written:
        page.write_text(text, "utf-8")
    if absent:
        pytest.skip(ABSENT)


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    for page in PAGES:
        prose = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.M | re.S)
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", prose):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


MODULES = [
    file.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    for file in sorted((ROOT / "incentive_rules").rglob("*.py"))
    if ">>> " in file.read_text("utf-8")
]


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_in_docstrings(module: str) -> None:
    loaded = importlib.import_module(module)
    runner = DocTestRunner()
    for example in DocTestFinder().find(loaded, module):
        runner.run(example)
    assert runner.summarize().failed == 0
