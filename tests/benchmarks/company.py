"""The files of a company and its pay file: `python tests/benchmarks/company.py --before ../the-commit-before`.

100,000 people with 2,000,000 tickets, from csv files to a csv file, by the scheme of `population.yaml`. Each rival is a
program of its own, started anew for each measurement, all of them in turn; medians of the processor's seconds and of
the clock's, and the largest memory. What each has paid is compared with what we pay. As in an installed package, Python
has compiled everything beforehand: each program runs once before it is measured.

    ours            `incentive-rules run`, with every check and the second opinion that is usual
    parquet         the same from Parquet files
    without polars  the same from csv files where `polars` is not installed
    before          the same command of another checkout (`--before`)
    float polars    the scheme written by hand with `polars` and floats, nothing checked

Of more than 5,000,000 tickets there are several files (`--people 1000000`).
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from statistics import median
from time import perf_counter

from population import rows_of

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SCHEME = HERE / "population.yaml"
MOST_ROWS = 5_000_000  # of one file

OURS = """
import sys
{before}
from incentive_rules.cli import main
from glob import glob
tickets = [word for file in sorted(glob("tickets*.{kind}")) for word in ("--details", "tickets=" + file)]
sys.argv = ["incentive-rules", "run", "scheme.yaml", "staff.{kind}", *tickets, "--period", "2026-04", "--out", {out!r}]
raise SystemExit(main())
"""
WITHOUT = """
import importlib.util
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "polars" else find(name, *more)
"""

FLOAT_POLARS = """
import polars as pl
from glob import glob
c = pl.col
staff, tickets = pl.read_csv("staff.csv"), pl.concat([pl.read_csv(file) for file in sorted(glob("tickets*.csv"))])
work = tickets.group_by("engineer").agg(c("points").sum().alias("work"), c("on_time").mean().alias("rate"))
d = staff.join(work, on="engineer", how="left", maintain_order="left").with_columns(c("work").fill_null(0))
rate = c("rate") * 100
d = d.with_columns(
    pl.when(rate <= 70).then(0.0).when(rate <= 90).then((rate - 70) * 4).otherwise(80 + (rate - 90) * 2).round(4)
    .alias("a"),
    pl.min_horizontal(pl.lit(100.0), 100 * c("work") / c("work").mean().over("department")).round(4).alias("b"),
)
d = d.with_columns(
    pl.when(c("a").is_null()).then(c("b")).otherwise(0.6 * c("a") + 0.4 * c("b")).round(4).fill_null(0).alias("total")
)
d = d.with_columns(
    c("total").rank("min", descending=True).over("department").alias("place"),
    c("total").rank("min", descending=True).alias("place_of_all"),
    (80_000 * pl.len().over("department") * c("total") / c("total").sum().over("department")).alias("exact"),
)
d = d.with_columns(c("exact").floor().alias("cents"), (80_000 * pl.len().over("department")).alias("pool"))
d = d.with_columns(
    (c("pool") - c("cents").sum().over("department")).alias("left"),
    (c("exact") - c("cents")).rank("ordinal", descending=True).over("department").alias("turn"),
)
d = d.with_columns(
    ((c("cents") + (c("turn") <= c("left"))) / 100).alias("bonus"),
    pl.when(c("place") <= 3).then(300.0).otherwise(0.0).alias("best_pay"),
)
d = d.with_columns((c("base") + c("bonus") + c("best_pay")).round(2).alias("net"))
d.select("engineer", "base", "bonus", "best_pay", "net").write_csv({out!r}, float_precision=2)
"""


PARQUET = """
import polars as pl
from glob import glob
for file in glob("*.csv"):
    pl.read_csv(file, schema_overrides={"base": pl.Decimal(12, 2)}).write_parquet(file.replace(".csv", ".parquet"))
"""


def write_files(folder: Path, people: int) -> None:
    staff, tickets = rows_of(people)
    scheme = SCHEME.read_text("utf-8").replace("max_people: 100000", f"max_people: {max(people, 100_000)}")
    (folder / "scheme.yaml").write_text(scheme, "utf-8")
    parts = [tickets[begin : begin + MOST_ROWS] for begin in range(0, len(tickets), MOST_ROWS)]
    names = ["tickets.csv"] if len(parts) == 1 else [f"tickets{number}.csv" for number in range(1, len(parts) + 1)]
    files = [("staff.csv", ("engineer", "department", "base"), staff)]
    files += [(name, ("engineer", "points", "on_time"), part) for name, part in zip(names, parts, strict=True)]
    for name, headings, rows in files:
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(headings)
            writer.writerows(rows)
    subprocess.run([sys.executable, "-c", PARQUET], cwd=folder, check=True)


def measured(program: str, folder: Path, root: Path) -> tuple[float, float, float]:
    """Seconds of the processor and of the clock, and megabytes, of a program that is run in the folder."""
    start = perf_counter()
    worker = (
        "import resource, subprocess, sys; "
        "done = subprocess.run([sys.executable, '-c', sys.argv[1]], stdout=subprocess.DEVNULL); "
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss, done.returncode)"
    )
    environment = os.environ | {"PYTHONPATH": str(root), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", worker, program], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    processor, memory, code = done.stdout.split()
    if code != "0":
        raise SystemExit(done.stderr)
    return float(processor), perf_counter() - start, int(memory) / (1 << 10 if sys.platform != "darwin" else 1 << 20)


def net_pay(file: Path) -> dict[str, Decimal]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return {row["engineer"]: Decimal(row["net"]) for row in csv.DictReader(lines)}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=5, help="how often each rival is measured")
    parser.add_argument("--before", type=Path, help="another checkout, whose command is a rival")
    options = parser.parse_args(arguments)

    names = ["ours", "parquet", "without polars", "float polars", *([] if options.before is None else ["before"])]
    files = {name: f"{name.replace(' ', '-')}-pay.csv" for name in names}
    rivals = {
        "ours": (OURS.format(before="", kind="csv", out=files["ours"]), ROOT),
        "parquet": (OURS.format(before="", kind="parquet", out=files["parquet"]), ROOT),
        "without polars": (OURS.format(before=WITHOUT, kind="csv", out=files["without polars"]), ROOT),
        "float polars": (FLOAT_POLARS.replace("{out!r}", repr(files["float polars"])), ROOT),
    }
    if options.before is not None:
        rivals["before"] = (OURS.format(before="", kind="csv", out=files["before"]), options.before.resolve())
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_files(folder, options.people)
        for program, root in rivals.values() if options.people <= 100_000 else ():
            measured(program, folder, root)  # compiled now
        took: dict[str, list[tuple[float, float, float]]] = {name: [] for name in rivals}
        for _ in range(options.times):
            for name, (program, root) in rivals.items():
                took[name].append(measured(program, folder, root))
        pay = {name: net_pay(folder / file) for name, file in files.items()}
        mine = (folder / files["ours"]).read_bytes()
        same = {name: (folder / file).read_bytes() == mine for name, file in files.items()}
    print(f"Python {sys.version.split()[0]}, {options.people:,} people, {20 * options.people:,} tickets, files to file")
    print(f"medians of {options.times}\n")
    print(f"{'':16}{'processor s':>12}{'clock s':>9}{'MB':>7}   ours takes      pay differs   file")
    here = [median(values) for values in zip(*took["ours"], strict=True)]
    for name, values in took.items():
        processor, clock, memory = (median(column) for column in zip(*values, strict=True))
        ratio = f"{here[0] / processor:.3f} x {here[2] / memory:.2f} MB" if name != "ours" else ""
        differs = sum(pay[name][key] != amount for key, amount in pay["ours"].items())
        print(
            f"{name:16}{processor:>12.2f}{clock:>9.2f}{memory:>7.0f}   {ratio:16}{differs:>10,}   "
            f"{'the same bytes' if same[name] else 'another'}"
        )
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    raise SystemExit(main())
