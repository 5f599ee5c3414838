"""Every piece of Python's syntax is either in our grammar or refused, and compiling a scheme does nothing else.

A new version of Python brings new nodes. The first test names each of them until somebody has decided:
add a formula to `EXPRESSIBLE`, or a text that is refused to `REFUSED` (security 6.3).
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from incentive_rules.judging.parse import NODES
from incentive_rules.lang.parser import parse
from incentive_rules.lang.python_text import python_text
from tests.attacks.test_yaml_places import corpus
from tests.shared_data import ROOT

# A formula of ours whose Python text, which the referee reads, holds the node.
EXPRESSIBLE = {
    "Add": "a + b", "And": "a and b", "BinOp": "a + b", "BoolOp": "a or b", "Call": "min(a, b)", "Compare": "a < b",
    "Constant": "1", "Div": "a / b", "Eq": "a == b", "Expression": "a", "Gt": "a > b", "GtE": "a >= b",
    "IfExp": "a if b else c", "In": "a in [1, 2]", "List": "a in [1, 2]", "Load": "a", "Lt": "a < b", "LtE": "a <= b",
    "Mult": "a * b", "Name": "a", "Not": "not a", "NotEq": "a != b", "NotIn": "a not in [1]", "Or": "a or b",
    "Pow": "a ** 2", "Sub": "a - b", "UAdd": "+a", "USub": "-a", "UnaryOp": "-a", "keyword": "sum(a, over=b)",
}  # fmt: skip

# A text in which Python sees the node, and which is refused.
REFUSED = {
    "AnnAssign": "a: b = 1", "Assert": "assert a", "Assign": "a = 1",
    "AsyncFor": "async def f():\n async for a in b: 1",
    "AsyncFunctionDef": "async def f(): 1", "AsyncWith": "async def f():\n async with a: 1", "Attribute": "a.b",
    "AugAssign": "a += 1", "Await": "await a", "BitAnd": "a & b", "BitOr": "a | b", "BitXor": "a ^ b",
    "Break": "while a: break", "ClassDef": "class a: 1", "Continue": "while a: continue", "Del": "del a",
    "Delete": "del a", "Dict": "{a: b}", "DictComp": "{a: b for a in c}", "ExceptHandler": "try: 1\nexcept: 2",
    "Expr": "a; b", "FloorDiv": "a // b", "For": "for a in b: c", "FormattedValue": "f'{a}'",
    "FunctionDef": "def f(): 1", "GeneratorExp": "sum(a for a in b)", "Global": "global a", "If": "if a: b",
    "Import": "import a",
    "ImportFrom": "from a import b", "Interactive": "a; b", "Interpolation": "t'{a}'", "Invert": "~a",
    "Is": "a is b", "IsNot": "a is not b", "JoinedStr": "f'a'", "LShift": "a << b",
    "Lambda": "lambda: a", "ListComp": "[a for a in b]",
    "MatMult": "a @ b", "Match": "match a:\n case 1: 2", "MatchAs": "match a:\n case b: 2",
    "MatchClass": "match a:\n case b(): 2", "MatchMapping": "match a:\n case {}: 2",
    "MatchOr": "match a:\n case 1 | 2: 2", "MatchSequence": "match a:\n case []: 2",
    "MatchSingleton": "match a:\n case None: 2", "MatchStar": "match a:\n case [*b]: 2",
    "MatchValue": "match a:\n case 1: 2", "Mod": "a % b", "Module": "a; b", "NamedExpr": "(a := 1)",
    "Nonlocal": "nonlocal a", "ParamSpec": "type a[**b] = 1", "Pass": "pass", "RShift": "a >> b", "Raise": "raise a",
    "Return": "return a", "Set": "{a}", "SetComp": "{a for a in b}", "Slice": "a[1:2]", "Starred": "min(*a)",
    "Store": "a = 1", "Subscript": "a[0]", "TemplateStr": "t'a'", "Try": "try: 1\nexcept: 2",
    "TryStar": "try: 1\nexcept* a: 2", "Tuple": "a, b", "TypeAlias": "type a = 1", "TypeVar": "type a[b] = 1",
    "TypeVarTuple": "type a[*b] = 1", "While": "while a: b", "With": "with a: b", "Yield": "yield a",
    "YieldFrom": "yield from a", "alias": "import a", "arg": "lambda a: b", "arguments": "lambda a: b",
    "comprehension": "[a for a in b]", "match_case": "match a:\n case 1: 2", "withitem": "with a: b",
}  # fmt: skip

# Classes that no text is read as: bases of others, comments on types, and names that Python keeps for old code.
NEVER_READ = {
    "AST", "mod", "stmt", "expr", "expr_context", "boolop", "operator", "unaryop", "cmpop", "excepthandler", "pattern",
    "type_ignore", "type_param", "slice", "FunctionType", "TypeIgnore", "Suite", "AugLoad", "AugStore", "Param", "Num",
    "Str", "Bytes", "NameConstant", "Ellipsis", "Index", "ExtSlice",
}  # fmt: skip


def classes() -> set[str]:
    return {name for name, value in vars(ast).items() if isinstance(value, type) and issubclass(value, ast.AST)}


def read_by_python(text: str) -> set[str]:
    """The classes of the nodes that Python sees in a text, as a program and as one line of a dialogue."""
    found: set[str] = set()
    for mode in ("exec", "single", "eval"):
        try:
            tree = ast.parse(text, mode=mode)
        except SyntaxError:
            continue
        found |= {type(node).__name__ for node in ast.walk(tree)}
    return found


def test_every_node_of_this_python_is_decided() -> None:
    assert classes() - NEVER_READ - EXPRESSIBLE.keys() - REFUSED.keys() == set()
    assert not EXPRESSIBLE.keys() & REFUSED.keys()


@pytest.mark.parametrize(("node", "formula"), EXPRESSIBLE.items())
def test_a_node_of_ours_can_be_written_and_is_one_that_the_referee_allows(node: str, formula: str) -> None:
    expression, faults = parse(formula)
    assert expression is not None and not faults
    assert node in read_by_python(python_text(formula))
    assert node == "Expression" or node in {allowed.__name__ for allowed in NODES}


@pytest.mark.parametrize(("node", "text"), REFUSED.items())
def test_any_other_node_is_refused(node: str, text: str) -> None:
    expression, faults = parse(text)
    assert expression is None and len(faults) >= 1
    assert faults[0].code.startswith("formula-")
    if node in classes():
        assert node in read_by_python(text), "the text does not show the node"


def test_the_referee_allows_nothing_that_formulas_cannot_say() -> None:
    """`Tuple` is the one spare: a list of one node kind more costs nothing, and no formula of ours reaches it."""
    assert {allowed.__name__ for allowed in NODES} - EXPRESSIBLE.keys() == {"Tuple"}


# ── What happens on the way ───────────────────────────────────────────────────────────────────────

WATCHED = '''
import sys
from pathlib import Path
import incentive_rules as ir
from incentive_rules.lang.parser import parse

SHIPPED = Path("schemes/service_engineer_1.yaml").read_text("utf-8")
HOSTILE = [Path(name).read_bytes().decode("utf-8", "replace") for name in sys.argv[1:]]


def work():
    """Load, check and compile, a good scheme and hostile ones; score, explain, and print every report."""
    for text in (SHIPPED, *HOSTILE):
        report = ir.check(text=text)
        [report.render(format, language) for format in ("text", "concise", "json") for language in ("en", "zh")]
    pipeline = ir.compile(text=SHIPPED, period="2026-Q2")
    for wrong in ({}, {"engineer": "G1", "__import__": 1}):
        try:
            pipeline.score(wrong)
        except ir.DataError as error:
            str(error)
    ir.test(text=SHIPPED)
    for formula in ("__import__('os').system('true')", "a + b * 2", "().__class__", "open('/etc/passwd')"):
        parse(formula)

work()  # everything is imported and cached now
seen = []
watching = False

def watch(event, args):
    if watching:
        seen.append((event, str(args[0])[:60] if args and event != "builtins.id" else ""))

sys.addaudithook(watch)
watching = True
work()
watching = False
for event in dict.fromkeys(seen):
    print(*event)
'''

# What compiling needs: our own generated code is compiled and executed, on threads of our own; the referee's formulas
# are parsed (`compile` to a tree, never executed). The cells of data are kept in arrays of numbers.
EXPECTED = {"array.__new__", "builtins.id", "compile", "exec", "_thread.start_new_thread"}


@pytest.mark.thorough
def test_nothing_is_imported_opened_or_started(shared: Path) -> None:
    """Audit hooks see every import, file, socket and process of Python: there are none (security 6.2)."""
    hostile = [str(shared / "attacks" / "yaml" / file) for file in corpus(shared)]
    command = [sys.executable, "-X", "utf8", "-c", WATCHED, *hostile]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    events = {line.split(" ", 1)[0] for line in done.stdout.splitlines()}
    assert events <= EXPECTED, done.stdout[:2000]
    executed = {line for line in done.stdout.splitlines() if line.startswith("exec ")}
    assert executed and all("<scheme " in line for line in executed), executed
