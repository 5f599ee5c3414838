"""The shape of the package: imports point one way, importing is light, files stay small, the drawing is true."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "incentive_rules"

STAGES = (
    "loading", "checking", "compiling", "engine", "judging", "recomputing", "examples", "reading",
    "recording", "explaining", "proving", "auditing", "rendering", "framing",
)  # fmt: skip
# "" is the facade `incentive_rules/__init__.py`: it shows the pipeline, and never the command line.
LAYERS = (
    ("base",), ("lang",), ("model",), STAGES,
    ("document_to_plan", "single", "batch", "recorded_runs", "crowds", "framed_runs"),
    ("example_runs", "second_opinion", "rows_to_run", "columns_to_audit", "played"),
    ("people_to_audit", "kept_runs", "curve_runs", "what_if"), ("proof_runs", "slips"), ("pipeline",),
    ("replaying", "data_audit"), ("groups_compared",), ("proofs",), ("",),
    ("testing", "pytest_plugin"), ("cli",), ("__main__",),
)  # fmt: skip
LAYER_OF = {part: layer for layer, parts in enumerate(LAYERS) for part in parts}
# The same inside a stage, "" for its files that lie in no package of their own.
FLOORS = {
    "checking": (("ranges",), ("names",), ("formulas",), ("quantities",), ("",)),
    "engine": (("codegen",), ("columns",), ("quarantine",), ("nearby",), ("",)),
    "loading": (("yaml", "sections"), ("shape",), ("",)),
    "reading": (("cells",), ("sources",), ("tables",), ("owners",), ("",)),
}
# A second opinion that knew the plan could share its mistakes.
UNKNOWN_TO_THE_REFEREE = ("incentive_rules.model.plan", "incentive_rules.model.plan_cells")

HEAVY = ("jsonschema", "click", "hypothesis", "pytest", "numpy", "polars", "rich", "scipy", "z3")

# A longer file needs a reason here: one question that would not read better as two.
MOST_LINES = 400
LONG_FILES = {
    "incentive_rules/base/codes/*.py": "a catalogue, read by looking up one entry",
    "incentive_rules/model/scheme.py": "one representation: everything that a document says, in its order",
    "incentive_rules/model/trace.py": "one representation: each way in which a value comes about",
}

TYPE_ALIAS = re.compile(r"[A-Z]\w*[a-z]\w*")


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def part_of(module: str) -> str:
    """`incentive_rules.base.codes` belongs to `base`; the package itself, and its own names, to ``."""
    part = [*module.split("."), ""][1]
    return part if (PACKAGE / part).is_dir() or (PACKAGE / f"{part}.py").is_file() else ""


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def imports_of(file: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything of ours that a file imports, inside functions too."""
    name = module_name(file)
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            stem = ".".join([*above, *([node.module] if node.module else [])])
            whole = [f"{stem}.{alias.name}" for alias in node.names]
            found = [one if stem == "incentive_rules" or is_module(one) else stem for one in whole]
        else:
            continue
        yield from ((node.lineno, target) for target in found if target.split(".")[0] == "incentive_rules")


@pytest.mark.thorough
def test_imports_point_one_way() -> None:
    """base <- lang <- model <- stages <- pipeline <- cli, and no stage imports another."""
    for file in modules():
        own = part_of(module_name(file))
        assert own in LAYER_OF, f"`{own}` has no layer: add it to LAYERS and to docs/explanation/pipeline.md"
        for line, target in imports_of(file):
            other = part_of(target)
            allowed = other == own or LAYER_OF.get(other, 99) < LAYER_OF[own]
            assert allowed, f"{file.relative_to(ROOT)}:{line} imports {target}, which is not below `{own}`"


def room_of(module: str) -> str:
    """`incentive_rules.checking.names.tables` lies in the room `names`, `incentive_rules.checking.check` in ``."""
    room = [*module.split("."), "", ""][2]
    return room if PACKAGE.joinpath(part_of(module), room).is_dir() else ""


@pytest.mark.thorough
@pytest.mark.parametrize("stage", FLOORS)
def test_imports_inside_a_stage_point_one_way(stage: str) -> None:
    """Each room of a stage stands on those before it in FLOORS, and on no other."""
    floor_of = {room: floor for floor, rooms in enumerate(FLOORS[stage]) for room in rooms}
    for file in sorted((PACKAGE / stage).rglob("*.py")):
        own = room_of(module_name(file))
        for line, target in imports_of(file):
            if part_of(target) != stage:
                continue
            other = room_of(target)
            allowed = other == own or floor_of.get(other, 99) < floor_of[own]
            assert allowed, f"{file.relative_to(ROOT)}:{line} imports {target}, which is not below `{own}`"


def test_the_referee_never_sees_the_plan() -> None:
    for file in sorted((PACKAGE / "judging").rglob("*.py")):
        for line, target in imports_of(file):
            assert target not in UNKNOWN_TO_THE_REFEREE, f"{file.relative_to(ROOT)}:{line} imports {target}"


def assigned(node: ast.stmt) -> tuple[str, ast.expr] | None:
    """The name and the value of `name = value`, or of `name: type = value`."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    alone = targets[0] if len(targets) == 1 else None
    return (alone.id, value) if isinstance(alone, ast.Name) and value is not None else None


def public_names(file: Path) -> set[str]:
    """The classes, functions and type aliases at the top of a file."""
    found = set[str]()
    for node in tree_of(file).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
        elif (pair := assigned(node)) is not None and TYPE_ALIAS.fullmatch(pair[0]):
            found.add(pair[0])
    return {name for name in found if not name.startswith("_")}


def test_a_public_name_stands_at_the_top_of_one_file_alone() -> None:
    """Who reads a name need not ask whose it is; the same type is written down once, and imported."""
    homes: dict[str, list[str]] = {}
    for file in modules():
        for name in public_names(file):
            homes.setdefault(name, []).append(str(file.relative_to(PACKAGE)))
    doubles = {name: files for name, files in homes.items() if len(files) > 1}
    assert doubles == {}


def test_a_constant_is_written_down_once() -> None:
    """One name with one value has one home; the referee alone says things a second time, on purpose."""
    homes: dict[tuple[str, str], list[str]] = {}
    for file in modules():
        if part_of(module_name(file)) == "judging":
            continue
        for node in tree_of(file).body:
            pair = assigned(node)
            if pair is not None and pair[0].isupper() and len(pair[0]) > 1:
                homes.setdefault((pair[0], ast.unparse(pair[1])), []).append(str(file.relative_to(PACKAGE)))
    doubles = {name: files for (name, _), files in homes.items() if len(files) > 1}
    assert doubles == {}


def test_importing_the_package_loads_nothing_heavy() -> None:
    """A payroll program that imports us waits for none of the libraries that only some calls need."""
    program = f"import sys, incentive_rules; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


SCORES = {
    "one who stands alone": ("pay: {bonus: {amount: 10 * jobs}}", "pipeline.score({'k': 'A', 'jobs': 3})"),
    "one among others": (
        "pay:\n  bonus:\n    amount: 10 * jobs / sum(jobs, over=everyone)",
        "pipeline.score({'k': 'A', 'jobs': 3}, given={name: 3 for name in pipeline.needs_others})",
    ),
    "one with rows": (
        "pay: {bonus: {amount: 1 * count(ok)}}\ndetails: {t: {belongs_to: k, inputs: {ok: {type: boolean}}}}",
        "pipeline.score({'k': 'A', 'jobs': 3}, {'t': [{'ok': True}]})",
    ),
}
LATER = (
    "recording", "explaining", "judging", "recomputing", "examples", "cli", "recorded_runs", "replaying",
    "second_opinion", "example_runs", "batch", "auditing", "data_audit", "proving", "proof_runs",
    "kept_runs", "curve_runs", "proofs", "groups_compared", "rendering",
)  # fmt: skip


@pytest.mark.sampled(1)
@pytest.mark.parametrize("case", SCORES)
def test_one_score_loads_neither_the_referee_nor_records_nor_explanations(case: str) -> None:
    pay, score = SCORES[case]
    scheme = (
        "format: 1\nscheme: t\neffective: {first_day: 2026-01-01, last_day: 2026-12-31}\nperiod: month\ncurrency: EUR\n"
        f"inputs: {{k: {{type: key}}, jobs: {{type: integer, range: [1, 9]}}}}\n{pay}\n"
    )
    program = (
        f"import sys, incentive_rules as ir; assert ir.check(text={scheme!r}).ok; "
        f"pipeline = ir.compile(text={scheme!r}, period='2026-04'); "
        f"result = {score}; assert result['bonus'] > 0; "
        "ours = [m.partition('.')[2] for m in sys.modules if m.startswith('incentive_rules.')]; "
        f"print([m for m in [*ours, *sys.modules] if m.split('.')[0] in {(*LATER, 'numpy')!r}])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_a_check_that_looks_at_promises_loads_no_arrays() -> None:
    check = "assert ir.check('schemes/service_engineer_1.yaml').ok"
    program = f"import sys, incentive_rules as ir; {check}; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stdout.strip() == "False", done.stdout + done.stderr


@pytest.mark.thorough
@pytest.mark.parametrize("library, home", [("click", "cli"), ("hypothesis", "testing"), ("pytest", "pytest_plugin")])
def test_one_part_alone_imports_it(library: str, home: str) -> None:
    for file in modules():
        if part_of(module_name(file)) == home:
            continue
        for node in ast.walk(tree_of(file)):
            names = (
                [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            )  # fmt: skip
            assert library not in {n.split(".")[0] for n in names}, f"{file.relative_to(ROOT)} imports {library}"


def test_long_files_have_a_reason() -> None:
    files = [*modules(), *sorted((ROOT / "tests").rglob("*.py"))]
    lengths = {str(f.relative_to(ROOT)): len(f.read_text("utf-8").splitlines()) for f in files}
    long = {name for name, length in lengths.items() if length > MOST_LINES}
    excused = {name for name in long if any(fnmatch(name, pattern) for pattern in LONG_FILES)}
    assert long - excused == set(), "split them, or give a reason in LONG_FILES"
    stale = [pattern for pattern in LONG_FILES if not any(fnmatch(name, pattern) for name in excused)]
    assert stale == [], "no longer long: take them out of LONG_FILES"


def test_the_drawing_names_every_package() -> None:
    drawing = (ROOT / "docs" / "explanation" / "pipeline.md").read_text("utf-8")
    packages = [p.name for p in sorted(PACKAGE.iterdir()) if (p / "__init__.py").exists()]
    assert [name for name in packages if f"`{name}`" not in drawing] == []


def folders() -> str:
    """Every folder of the package with the first line of what it says of itself."""
    lines = []
    for file in sorted(PACKAGE.rglob("__init__.py")):
        depth = len(file.parent.relative_to(PACKAGE).parts)
        said = ast.get_docstring(tree_of(file)) or ""
        assert said, f"{file.relative_to(ROOT)} does not say what is in its folder"
        lines.append(f"{'  ' * depth + file.parent.name + '/':<26}{said.splitlines()[0]}")
    return "\n".join(lines)


def test_the_listing_of_folders_is_true() -> None:
    page = (ROOT / "docs" / "explanation" / "pipeline.md").read_text("utf-8")
    assert f"```text\n{folders()}\n```" in page, f"docs/explanation/pipeline.md lists the folders:\n{folders()}"
