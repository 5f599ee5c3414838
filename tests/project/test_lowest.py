"""The lowest versions that `.ci/run` tries are the lower bounds that pyproject.toml promises."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_lowest_versions_are_the_promised_bounds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = project["optional-dependencies"]
    bounds = dict(re.findall(r"([\w-]+)>=([\d.]+)", "\n".join(
        [*project["dependencies"], *optional["polars"], *(one for one in optional["dev"] if not one.startswith("mypy"))]
    )))  # fmt: skip
    lines = (ROOT / "tests" / "lowest.txt").read_text("utf-8").splitlines()
    tried = dict(re.findall(r"^([\w-]+)==([\d.]+)$", "\n".join(lines), re.MULTILINE))
    core = {re.split("[><=]", one)[0] for one in project["dependencies"]}
    assert core | {"polars", "pandas", "pyarrow", "duckdb"} == set(tried)
    for name, version in tried.items():
        assert re.fullmatch(rf"{re.escape(bounds[name])}(\.0)*", version), (name, bounds[name], version)
