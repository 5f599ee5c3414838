"""The command line as people meet it: what it prints, where, and with which exit code."""

from __future__ import annotations

import csv
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import incentive_rules
from incentive_rules.base.text import width
from incentive_rules.cli import main

Ran = tuple[int, str, str]
Run = Callable[..., Ran]

ENGLISH, CHINESE = ("scheme.yaml", "people.csv", "README.md"), ("方案.yaml", "数据.csv", "说明.md")
SCHEMA = {"en": "incentive_rules.schema.json", "zh": "incentive_rules.zh.schema.json"}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the program in an empty folder; its exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    for name in ("INCENTIVE_RULES_LANG", "LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str) -> Ran:
        code = main(arguments)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def write(name: str, text: str) -> str:
    Path(name).write_text(text, "utf-8")
    return name


# ── A scheme to begin with ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language, names", [("en", ENGLISH), ("zh", CHINESE)])
def test_init_makes_a_scheme_that_passes_its_own_examples(run: Run, language: str, names: tuple[str, ...]) -> None:
    assert run("init", "mine", "--lang", language)[0] == 0
    assert sorted(path.name for path in Path("mine").iterdir()) == sorted((*names, SCHEMA[language]))
    scheme, data = f"mine/{names[0]}", f"mine/{names[1]}"
    assert run("check", scheme)[0] == 0
    code, out, err = run("test", scheme)
    assert code == 0 and err == "" and ("3 of 3" in out or "3 个算例，通过 3 个" in out)
    code, out, err = run("run", scheme, data, "--period", "2026-04", "--referee", "4")
    assert code == 0 and err == ""
    assert ("recomputed all 4 from the data alone, 0 differ" if language == "en" else "复算全部 4 人，0 人不同") in out


def test_init_overwrites_nothing(run: Run) -> None:
    write("people.csv", "mine")
    code, out, err = run("init", ".", "--lang", "en")
    assert code == 2 and out == "" and "people.csv exists already" in err
    assert Path("people.csv").read_text() == "mine" and not Path("scheme.yaml").exists()


@pytest.fixture
def scheme(run: Run) -> str:
    run("init", ".", "--lang", "en")
    return "scheme.yaml"


@pytest.fixture
def chinese(run: Run) -> str:
    run("init", ".", "--lang", "zh")
    return "方案.yaml"


# ── check, test ───────────────────────────────────────────────────────────────────────────────────


def test_check_prints_findings_and_a_summary(run: Run, scheme: str) -> None:
    wrong = write("wrong.yaml", Path(scheme).read_text("utf-8").replace("weight: 50%", "weight: 45%"))
    code, out, err = run("check", scheme, wrong)
    assert code == 1 and err == ""
    assert "scheme.yaml  no errors    example numbers, not for paying anybody" in out
    assert "error[weights-total]" in out and "wrong.yaml:" in out and "wrong.yaml  1 error" in out


def test_check_speaks_to_programs(run: Run, scheme: str) -> None:
    wrong = write("wrong.yaml", Path(scheme).read_text("utf-8").replace("weight: 50%", "weight: 45%"))
    _, out, _ = run("check", wrong, "--format", "json")
    (found,) = json.loads(out)
    assert (found["code"], found["severity"], found["file"]) == ("weights-total", "error", "wrong.yaml")
    code, out, _ = run("check", wrong, "--format", "concise")
    assert code == 1 and out.startswith("wrong.yaml:") and len(out.splitlines()) == 1
    assert run("check", scheme, "--format", "json") == (0, "[]\n", "")


def test_check_mends_what_is_mechanical_and_nothing_else(run: Run, chinese: str) -> None:
    before = Path(chinese).read_text("utf-8")
    Path(chinese).write_text(before.replace("投诉:\n", "投诉：\n").replace("工单数,", "工单数，"), "utf-8")
    code, out, err = run("check", "--fix", chinese)
    assert code == 0, out
    assert "已修改 方案.yaml" in err or "mended 方案.yaml" in err
    assert Path(chinese).read_text("utf-8").count("：\n") == before.count("：\n")
    _, _, err = run("check", "--fix", chinese, "--lang", "en")
    assert "nothing in 方案.yaml" in err


def test_check_lists_what_a_draft_still_lacks(run: Run, chinese: str) -> None:
    text = Path(chinese).read_text("utf-8").replace("状态: 示例", "状态: 草案").replace("权重: 50%", "权重: 待定")
    _, out, _ = run("check", write("草案.yaml", text))
    assert "草案：还缺 1 处" in out and "草案不能运行" in out
    code, _, err = run("run", "草案.yaml", "数据.csv", "--period", "2026-04")
    assert code == 1 and "scheme-draft" in err


def test_test_shows_what_differs_and_how_it_came_about(run: Run, scheme: str) -> None:
    wrong = Path(scheme).read_text("utf-8").replace("grade: B, bonus: 600.00}", "grade: B, bonus: 601.00}")
    code, out, _ = run("test", write("wrong.yaml", wrong))
    assert code == 1
    assert "error[example-differs]: example `a good month`: `bonus` is 600.00, expected 601.00" in out
    assert "how it came about:" in out and "500.00 × 1.2 × 21 ÷ 21" in out
    assert "2 of 3 examples pass" in out
    code, out, _ = run("test", "wrong.yaml", "--format", "json")
    assert code == 1 and [e["passed"] for e in json.loads(out)[0]["examples"]] == [False, True, True]


# ── run ───────────────────────────────────────────────────────────────────────────────────────────


def test_run_prints_the_pay_table_with_its_sums(run: Run, scheme: str) -> None:
    code, out, err = run("run", scheme, "people.csv", "--period", "2026-04")
    assert code == 0 and err == ""
    lines = out.splitlines()
    assert lines[0] == "scheme  Service bonus  version 1  example numbers, not for paying anybody"
    assert lines[1] == "period  2026-04-01 to 2026-04-30"
    assert lines[3].split() == ["engineer", "Total", "Grade", "coefficient", "Base", "pay", "Bonus", "earnings"]
    assert "E001" in lines[4] and "600.00" in lines[4] and lines[4].endswith("3,600.00")
    assert "totals  earnings 13,707.64" in out
    assert "check  read 4 = paid 4 + quarantined 0 + out of scope 0" in out
    assert out.rstrip().endswith(f"explain {scheme} people.csv --period 2026-04 --id E001")


def test_columns_stand_under_each_other_in_chinese(run: Run, chinese: str) -> None:
    _, out, _ = run("run", chinese, "数据.csv", "--period", "2026-04")
    table = [line for line in out.splitlines() if line.startswith(("工号", "G0"))]
    assert len(table) == 5 and len({width(line) for line in table}) == 1


def test_an_adjustment_is_marked_and_explained_under_the_table(run: Run, scheme: str) -> None:
    write("people.csv", BAD.splitlines()[0] + "\nE7,60,60,5,3,21,21,1\n")
    _, out, _ = run("run", scheme, "people.csv", "--period", "2026-04")
    assert "E7 *" in out
    assert "three complaints or more, at most 70 points (was 80.0000)" in out


def test_results_go_to_a_file(run: Run, scheme: str) -> None:
    arguments = ("run", scheme, "people.csv", "--period", "2026-04", "--out")
    code, _, err = run(*arguments, "pay.csv")
    assert code == 0 and "written to pay.csv" in err
    with Path("pay.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["engineer"] for row in rows] == ["E001", "E002", "E003", "E004"]
    assert rows[0]["bonus"] == "600.00" and rows[0]["net"] == "3600.00"
    assert run(*arguments, "pay.json", "--columns", "bonus,grade")[0] == 0
    assert json.loads(Path("pay.json").read_text("utf-8"))[0] == {"engineer": "E001", "bonus": 600.0, "grade": "B"}
    assert '"bonus": 600.00' in Path("pay.json").read_text("utf-8"), "json keeps every digit"
    assert run(*arguments, "all.csv", "--columns", "all")[0] == 0
    code, _, err = run(*arguments, "pay.csv", "--columns", "bonnus")
    assert code == 2 and "did you mean bonus?" in err
    assert run(*arguments, "pay.ods")[0] == 2
    assert run(*arguments, "no/such/folder/pay.csv")[0] == 2
    assert not list(Path().glob(".*part"))


def test_a_key_that_looks_like_a_formula_is_no_formula_in_the_file(run: Run, scheme: str) -> None:
    text = Path("people.csv").read_text("utf-8-sig").replace("E001", "=1+1").replace("E002", "@SUM(1)")
    write("people.csv", text)
    run("run", scheme, "people.csv", "--period", "2026-04", "--out", "pay.csv")
    with Path("pay.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["engineer"] for row in csv.DictReader(file)][:2] == ["'=1+1", "'@SUM(1)"]


BAD = """\
engineer,jobs,jobs_on_time,rating,complaints,days_worked,days_due,base
E1,60,54,4.5,0,21,21,3000
E2,600,54,4.5,0,21,21,3000
E3,60,61,4.5,,21,21,3000
"""


def test_bad_rows_reject_the_run_with_all_their_reasons(run: Run, scheme: str) -> None:
    write("bad.csv", BAD)
    code, out, err = run("run", scheme, "bad.csv", "--period", "2026-04", "--out", "pay.csv")
    assert code == 3 and out == "" and not Path("pay.csv").exists()
    assert "error[data-range]: `jobs` is 600, allowed 0 to 500\n --> bad.csv:3 (row 2, E2, column jobs)" in err
    assert "error[data-missing]: `complaints` is missing" in err and "bad.csv:4" in err
    assert "error[data-require]: the requirement `jobs_on_time <= jobs` does not hold" in err
    assert "nobody was paid: read 3, usable 1, refused 2" in err


def test_quarantine_pays_the_others_and_lists_the_rest(run: Run, scheme: str) -> None:
    write("bad.csv", BAD)
    arguments = ("run", scheme, "bad.csv", "--period", "2026-04", "--on-error", "quarantine")
    code, out, err = run(*arguments, "--quarantine", "refused.csv", "--out", "pay.csv")
    assert code == 5, "two of three people are paid nothing: that is no clean end"
    assert out.splitlines()[-1] == "not everything is in this result: 2 people set aside (exit code 5)"
    assert "read 3 = paid 1 + quarantined 2 + out of scope 0" in out
    assert "bad.csv:3 (row 2, E2, column jobs): data-range" in err
    with Path("refused.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(r["key"], r["line"], r["column"], r["value"], r["code"]) for r in csv.DictReader(file)]
    assert rows == [
        ("E2", "3", "jobs", "600", "data-range"),
        ("E3", "4", "complaints", "", "data-missing"),
        ("E3", "4", "", "", "data-require"),
    ]


def test_data_come_packed_joined_and_in_another_encoding(run: Run, scheme: str, chinese: str) -> None:
    rows = Path("people.csv").read_text("utf-8-sig").splitlines()
    left = [",".join(row.split(",")[:4]) for row in rows]
    right = [",".join([row.split(",")[0], *row.split(",")[4:]]) for row in rows]
    Path("left.csv.gz").write_bytes(gzip.compress("\n".join(left).encode()))
    write("right.json", json.dumps([dict(zip(right[0].split(","), r.split(","), strict=True)) for r in right[1:]]))
    whole = run("run", scheme, "people.csv", "--period", "2026-04")[1].split("fingerprint")[0]
    code, out, _ = run("run", scheme, "left.csv.gz", "right.json", "--period", "2026-04")
    files = "read    rows  used  files\npeople     4     4  left.csv.gz 4, right.json 4\n\n"
    assert code == 0 and files in out and out.replace(files, "").split("fingerprint")[0] == whole
    Path("gb.csv").write_bytes(Path("数据.csv").read_text("utf-8-sig").encode("gb18030"))
    code, _, err = run("run", chinese, "gb.csv", "--period", "2026-04")
    assert code == 3 and "--encoding gb18030" in err
    assert run("run", chinese, "gb.csv", "--period", "2026-04", "--encoding", "gb18030")[0] == 0


def test_many_people_are_shown_in_part_and_paid_in_full(run: Run, scheme: str) -> None:
    lines = [f"E{n:03},60,54,4.5,0,21,21,3000" for n in range(30)]
    write("many.csv", "\n".join([BAD.splitlines()[0], *lines]))
    _, out, _ = run("run", scheme, "many.csv", "--period", "2026-04", "--referee", "3")
    assert "… and 10 more" in out and "read 30 = paid 30" in out and "recomputed 3" in out
    assert "totals  earnings 108,000.00" in out


# ── explain, schema, help ─────────────────────────────────────────────────────────────────────────


def test_explain_goes_from_the_amount_down_to_the_data(run: Run, scheme: str) -> None:
    arguments = ("explain", scheme, "people.csv", "--period", "2026-04", "--id")
    code, out, _ = run(*arguments, "E001", "--name", "bonus")
    assert code == 0 and "500.00 × 1.2 × 21 ÷ 21 = 600.00" in out and "jobs_on_time" in out
    assert "得分" not in out and "第 " in run(*arguments, "E001", "--lang", "zh")[1]
    found = json.loads(run(*arguments, "E001", "--name", "bonus", "--format", "json")[1])
    values = {line["name"]: line["value"] for line in found["lines"]}
    assert found["key"] == "E001" and Decimal(values["bonus"]) == 600 and values["jobs"] == "60"
    code, out, err = run(*arguments, "E01")
    assert code == 2 and out == "" and "is it E001?" in err
    code, _, err = run(*arguments, "E001", "--name", "bonnus")
    assert code == 2 and "did you mean bonus?" in err


def test_schema_is_json_in_both_languages(run: Run) -> None:
    english, chinese = (json.loads(run("schema", "--lang", language)[1]) for language in ("en", "zh"))
    assert "format" in english["properties"] and "格式" in chinese["properties"]
    assert run("schema", "--lang", "en", "--out", "s.json")[0] == 0
    assert json.loads(Path("s.json").read_text("utf-8")) == english


def test_help_explains_a_code_as_it_stands_in_a_report(run: Run) -> None:
    for code in ("data-range", "error[data-range]", "[data-range]"):
        status, out, _ = run("help", code)
        assert status == 0 and out.startswith("data-range (error)")
    assert "算术保证" in run("help", "data-range", "--lang", "zh")[1]
    status, _, err = run("help", "data-rnage")
    assert status == 2 and "did you mean data-range?" in err
    assert "weights-total" in run("help")[1]


# ── Wrong use, hostile files ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (("chek",), "there is no command chek; did you mean check?", "没有命令 chek；是不是 check？"),
        (("check",), "SCHEME... is missing", "缺少 SCHEME..."),
        (("check", "--fixx", "a"), "there is no option --fixx; did you mean --fix?", "没有选项 --fixx；是不是 --fix？"),
        (("check", "a", "--format", "xml"), "--format: xml is not possible; one of text | concise | json", "可选 text"),
        (("run", "a", "b", "--referee", "x"), "--referee: x is not possible", "--referee：不能是 x"),
        (("schema", "more"), "too much: more", "多余的参数：more"),
    ],
)
def test_wrong_arguments_are_answered_in_a_sentence(
    run: Run, arguments: tuple[str, ...], english: str, chinese: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = run(*arguments)
    assert code == 2 and out == "" and english in err and len(err.splitlines()) == 2
    monkeypatch.setenv("INCENTIVE_RULES_LANG", "zh")
    assert chinese in run(*arguments)[2]


def test_the_language_is_the_flags_then_the_environments_then_the_schemes(
    run: Run, chinese: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "没有错误" in run("check", chinese)[1]
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert "没有错误" in run("check", chinese)[1], "a scheme's own language goes before the machine's"
    monkeypatch.setenv("INCENTIVE_RULES_LANG", "en")
    assert "no errors" in run("check", chinese)[1]
    assert "没有错误" in run("check", chinese, "--lang", "zh")[1]


def test_no_file_makes_the_program_fail(run: Run, scheme: str) -> None:
    """A missing file is wrong use, a bad one is a finding; none is an error of ours."""
    Path("folder").mkdir()
    for name, data in (("empty", b""), ("binary", bytes(range(256))), ("nul", b"a\0b"), ("deep", b"[" * 99_999)):
        for ending in (".yaml", ".csv", ".json", ".csv.gz"):
            Path(name + ending).write_bytes(data)
        assert run("check", f"{name}.yaml")[0] == 1
        for ending in (".csv", ".json", ".csv.gz"):
            code, out, err = run("run", scheme, name + ending, "--period", "2026-04")
            assert (code, out) == (3, "") and "nobody was paid" in err, name + ending
    for missing in ("folder", "nothing", "/dev/null"):
        assert run("check", missing)[0] == 2
        assert run("run", scheme, missing, "--period", "2026-04")[0] == 2
        assert run("run", missing, "people.csv", "--period", "2026-04")[0] == 2


def test_text_from_files_cannot_steer_a_terminal(run: Run, scheme: str) -> None:
    evil = "\x1b[2J\u202e"
    write("bad.csv", BAD.replace("E2", f"E2{evil}").replace("jobs,", f"jobs,{evil},", 1).replace("60,", "60,1,"))
    write("bad.yaml", Path(scheme).read_text("utf-8").replace("Service bonus", f"Service {evil}"))
    for arguments in (("run", scheme, "bad.csv", "--period", "2026-04"), ("check", "bad.yaml")):
        _, out, err = run(*arguments)
        assert "\x1b" not in out + err and "\u202e" not in out + err


def test_a_period_is_asked_for_by_name(run: Run, scheme: str) -> None:
    code, _, err = run("run", scheme, "people.csv")
    assert code == 2 and "--period 2026-01" in err
    assert run("run", scheme, "people.csv", "--period", "2026-Q1")[0] == 2
    assert run("run", scheme, "people.csv", "--period", "2027-01")[0] == 1


def test_an_error_of_ours_is_one_plain_line(run: Run, scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incentive_rules.cli.check.check_scheme", lambda *a, **k: 1 / 0)
    code, out, err = run("check", scheme)
    assert code == 4 and out == "" and "ZeroDivisionError" in err and "Traceback" not in err


def program(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "incentive_rules", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, **options)  # type: ignore[call-overload,no-any-return]


def test_the_version_comes_without_the_heavy_libraries() -> None:
    code = "import sys; from incentive_rules.cli import main; main(['--version'])\n"
    code += "print([m for m in ('jsonschema', 'simpleeval', 'numpy', 'polars', 'yaml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "incentive-rules 0.1.0\n[]\n"


def test_the_program_runs_as_a_module_and_survives_a_closed_pipe() -> None:
    assert program("--version").stdout == "incentive-rules 0.1.0\n"
    shell = f"{sys.executable} -m incentive_rules help | head -1"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=True)
    assert done.stderr == ""


@pytest.mark.thorough
def test_a_reader_that_goes_away_is_no_finding(run: Run, scheme: str) -> None:
    lines = [f"E{n:05},60,54,4.5,0,21,21,3000" for n in range(20)]
    write("many.csv", "\n".join([BAD.splitlines()[0], *lines]))
    command = [sys.executable, "-u", "-m", "incentive_rules", "run", scheme, "many.csv", "--period", "2026-04"]
    home = {**os.environ, "PYTHONPATH": str(Path(incentive_rules.__file__).parents[1])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=home) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (0, b""), said.decode()
