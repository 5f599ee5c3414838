"""Documents that are too much: every limit names itself, and nothing hangs or kills the process."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from incentive_rules.base.limits import Limits
from incentive_rules.base.reports import render
from incentive_rules.loading.yaml.reader import read_document


@pytest.mark.parametrize(
    ("text", "limits", "code"),
    [
        ("a: " + "x" * 100, Limits(file_bytes=50), "file-too-large"),
        ("a: " + "中" * 20, Limits(file_bytes=50), "file-too-large"),
        ("a: {b: {c: {d: 1}}}", Limits(yaml_depth=3), "yaml-too-deep"),
        ("a: [1, 2, 3, 4]", Limits(yaml_nodes=5), "yaml-too-big"),
        ("a: " + "x" * 100, Limits(text_chars=99), "text-too-long"),
    ],
)
def test_each_limit_names_itself_and_its_value(text: str, limits: Limits, code: str) -> None:
    (finding,) = read_document(text, "scheme.yaml", limits)[1]
    assert finding.code == code
    assert finding.params["limit"] in render([finding]) and finding.params["limit"].isdigit()


HEAVY = {
    "100,000 open brackets": "'a: ' + '[' * 100_000",
    "100,000 open braces": "'{a: ' * 100_000",
    "a million spaces": "'a: 1' + ' ' * 1_000_000",
    "a list of 400,000 items": "'a: [' + '1,' * 400_000 + ']'",
    "100,000 dashes": "'a:\\n  ' + '- ' * 100_000",
    "100,000 question marks": "'? ' * 100_000",
    "one text of a megabyte": "'a: ' + 'x y ' * 260_000",
    "a megabyte of quoted line breaks": "'a: \"' + '\\n' * 1_000_000 + '\"'",
    "an alias bomb": "'a: &a [1]\\n' + ''.join(f'k{i}: &k{i} [*a, *a]\\n' for i in range(30_000))",
    "100,000 hidden characters": "'a: ' + '\\u200b\\n' * 100_000",
    "70,000 repeated keys": "'a: 1\\n' * 70_000",
}


@pytest.mark.thorough
@pytest.mark.parametrize("made", HEAVY.values(), ids=HEAVY.keys())
def test_no_document_hangs_or_kills_the_process(made: str) -> None:
    """In a child process with a bound on memory, 700 calls deep: refused within seconds, by one of our codes."""
    program = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))\n"
        "from incentive_rules.loading.yaml.reader import read_document\n"
        "from incentive_rules.base.reports import render\n"
        f"text = {made}\n"
        "def deep(n):\n"
        "    return deep(n - 1) if n else read_document(text, 'heavy.yaml')\n"
        "document, findings = deep(700)\n"
        "report = render(findings)\n"
        "assert document is None or text.endswith(' '), findings\n"
        "assert len(report) < 40_000\n"
    )
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert time.monotonic() - began < 20


@pytest.mark.thorough
def test_the_work_grows_with_the_size_and_not_with_its_square() -> None:
    """Counted in calls, not in seconds: the same on every machine, however busy it is."""

    def calls(entries: int) -> int:
        text = "".join(f"k{i}: {{a: {i}, b: 'text {i}'}}\n" for i in range(entries))
        count = 0

        def note(*_: object) -> None:
            nonlocal count
            count += 1

        before = sys.getprofile()
        sys.setprofile(note)
        try:
            document, _ = read_document(text, "big.yaml")
        finally:
            sys.setprofile(before)
        assert document is not None
        return count

    assert calls(2_000) < 2.1 * calls(1_000)
