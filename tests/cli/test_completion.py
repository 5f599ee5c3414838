"""What shells complete, what stands beside a scheme for editors, and which names `dir` and `help` show."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import incentive_rules as ir
from incentive_rules.cli import main
from incentive_rules.cli.completion import PROGRAMS, SHELLS
from incentive_rules.cli.schema import MODELINE
from incentive_rules.loading.shape.json_schema import shipped_schema

SCHEMES = Path(__file__).resolve().parents[2] / "schemes"
SMALL = "format: 1\nscheme: x\n"


def completed(words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the program answers to bash that asks for the last word of a line."""
    monkeypatch.setenv("_INCENTIVE_RULES_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
    capsys.readouterr()
    with pytest.raises(SystemExit) as end:
        main([])
    assert end.value.code in (0, None)
    return [line.partition(",")[2] for line in capsys.readouterr().out.splitlines() if line]


def test_commands_options_files_and_periods_complete(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "mine", "--lang", "en"]) == 0
    Path("mine/wrong.yaml").write_text("format: [", "utf-8")

    def asked(words: str) -> list[str]:
        return completed(words, capsys, monkeypatch)

    assert asked("incentive-rules sch") == ["schema"]
    assert "--period" in asked("incentive-rules run --per")
    assert asked("incentive-rules run mi") == ["mine/"]
    assert asked("incentive-rules check mine/s") == ["mine/scheme.yaml"]
    assert asked("incentive-rules check nowhere/") == []
    periods = asked("incentive-rules run mine/scheme.yaml --period 2026-0")
    assert periods[0] == "2026-09" and periods[-1] == "2026-01" and len(periods) == 9
    assert asked("incentive-rules run mine/wrong.yaml --period 20") == []
    assert asked("incentive-rules run mine/none.yaml --period 20") == []
    assert asked("incentive-rules completion f") == ["fish"]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_reads_its_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(name in script for name in PROGRAMS) and f"{shell}_complete" in script
    found = shutil.which(shell)
    if found is not None:
        assert subprocess.run([found, "-n"], input=script, text=True, check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_bash_completes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "bash"]) == 0
    asked = """
        COMP_WORDS=(incentive-rules sch); COMP_CWORD=1
        _incentive_rules_completion incentive-rules; echo "${COMPREPLY[@]}"
    """
    program = tmp_path / "incentive-rules"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m incentive_rules "$@"\n', "utf-8")
    program.chmod(0o755)
    env = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    script = capsys.readouterr().out + asked
    done = subprocess.run(["bash", "-c", script], env=env, text=True, capture_output=True, check=False)
    assert done.stdout.split() == ["schema"], done.stderr


# ── The schema beside a scheme ────────────────────────────────────────────────────────────────────


def named_by(scheme: Path) -> Path:
    """The file that an editor reads for this scheme."""
    first = scheme.read_text("utf-8").splitlines()[0]
    assert first.startswith(MODELINE), first
    return scheme.parent / first.removeprefix(MODELINE)


@pytest.mark.parametrize("scheme", sorted(SCHEMES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_first_line_of_a_shipped_scheme_names_a_file_that_is_there(scheme: Path) -> None:
    language = "zh" if "zh" in scheme.stem else "en"
    assert named_by(scheme).read_text("utf-8") == shipped_schema(language), "run `python docs/make_reference.py`"


@pytest.mark.parametrize("language, name", [("en", "scheme.yaml"), ("zh", "方案.yaml")])
def test_init_puts_the_schema_beside_the_scheme(tmp_path: Path, language: str, name: str) -> None:
    assert main(["init", str(tmp_path), "--lang", language]) == 0
    assert named_by(tmp_path / name).read_text("utf-8") == shipped_schema(language)


@pytest.mark.parametrize("text", [SMALL, SMALL.replace("\n", "\r\n"), "\ufeff" + SMALL, "格式: 1\n方案: x\n"])
def test_write_puts_the_schema_there_and_the_line_where_there_is_none(tmp_path: Path, text: str) -> None:
    scheme = tmp_path / "a.yaml"
    scheme.write_bytes(text.encode("utf-8"))
    for _ in range(2):  # the second time nothing is left to change
        assert main(["schema", "--write", str(scheme)]) == 0
        written = scheme.read_bytes().decode("utf-8")
        head, _, rest = written.partition("\n")
        assert rest == text.removeprefix("\ufeff") and written.startswith("\ufeff") == text.startswith("\ufeff")
        named = tmp_path / head.strip().removeprefix("\ufeff").removeprefix(MODELINE)
        assert named.read_text("utf-8") == shipped_schema("zh" if "格" in text else "en")


ELSEWHERE = ["../x.schema.json", "/etc/x.schema.json", "https://a.example/x.schema.json", "a.csv"]


@pytest.mark.parametrize("named", ELSEWHERE)
def test_write_goes_nowhere_else(tmp_path: Path, named: str, capsys: pytest.CaptureFixture[str]) -> None:
    scheme = tmp_path / "in" / "a.yaml"
    scheme.parent.mkdir()
    scheme.write_text(f"{MODELINE}{named}\n{SMALL}", "utf-8")
    assert main(["schema", "--write", str(scheme), "--lang", "en"]) == 2
    assert named in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "a.yaml"]


def test_write_says_what_it_cannot_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--write", str(tmp_path / "none.yaml"), "--lang", "en"]) == 2
    assert "cannot read" in capsys.readouterr().err
    (tmp_path / "a.yaml").write_text(SMALL, "utf-8")
    assert main(["schema", "--write", str(tmp_path / "a.yaml"), "--out", "x.json", "--lang", "zh"]) == 2
    assert "只能用一个" in capsys.readouterr().err


# ── Names in Python ───────────────────────────────────────────────────────────────────────────────


def test_dir_and_help_show_public_names_and_nothing_else() -> None:
    import pydoc

    public = [name for name in dir(ir) if not name.startswith("__")]
    assert sorted(public) == sorted(ir.__all__) and "compile" in public
    shown = pydoc.plain(pydoc.render_doc(ir))
    assert "compile(" in shown and "_HOMES" not in shown and "import_module" not in shown


@pytest.mark.parametrize("name", sorted(set(ir.__all__) - {"MISSING"}))
def test_every_public_name_says_what_it_is(name: str) -> None:
    found = getattr(ir, name)
    own = [found, *(v for k, v in vars(found).items() if not k.startswith("_") and callable(v))]
    assert all((one.__doc__ or "").strip() for one in own), [one for one in own if not one.__doc__]
