"""A frame of people in, a frame of pay out: `python tests/benchmarks/frames.py`.

A million people with the seventeen facts of `ten_indicators.yaml`, in frames of polars and of pandas; back comes a
frame with every score, exact, every cell and every requirement checked. Medians of the processor's seconds in
one process, all rivals in turn.

    ours, polars / pandas / pyarrow   `pipeline.run(frame).frame`, with the second opinion that is usual
    in and out alone                  of it: reading the frame into columns, and making the frame of the results
    float polars, float pandas        the same scheme by hand in floats; nothing is checked, nothing rounded half up
    zen-engine                        the graph of `rival_engines.py`, its batch of 10,000 people counted a hundredfold
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import numpy as np

import incentive_rules as ir

HERE = Path(__file__).parent


def columns_of(people: int) -> dict[str, Any]:
    """The facts of so many people, as arrays; `base` counts cents, and three facts tenths."""
    random = np.random.default_rng(7)

    def whole(low: int, high: int) -> Any:
        return random.integers(low, high, people, endpoint=True)

    calls, assigned, due = whole(20, 120), whole(20, 120), whole(18, 23)
    return {
        "rating": whole(600, 1000), "calls": calls, "on_time": calls - np.minimum(calls, whole(0, 30)),
        "defects": np.minimum(calls, whole(0, 6)), "solved": calls - np.minimum(calls, whole(0, 40)),
        "assigned": assigned, "finished": assigned - np.minimum(assigned, whole(0, 20)), "delay": whole(0, 90),
        "peer_rating": whole(20, 50), "training_hours": whole(0, 500), "hours_required": whole(20, 40),
        "new_certificates": whole(0, 3), "complaints": whole(0, 4), "accident": random.random(people) < 0.01,
        "base": whole(300_000, 2_000_000), "days_worked": np.minimum(due, whole(15, 23)), "days_due": due,
    }  # fmt: skip


TENTHS = ("rating", "peer_rating", "training_hours")


def polars_frame(columns: dict[str, Any], *, exact: bool) -> Any:
    """The facts in a frame of polars: decimals, or floats for the rival by hand."""
    import polars as pl

    frame = pl.DataFrame({"engineer": [f"E{n:07}" for n in range(len(columns["calls"]))], **columns})
    steps = {"base": 2, **dict.fromkeys(TENTHS, 1)}
    if not exact:
        return frame.with_columns(pl.col(name) / 10**places for name, places in steps.items())
    texts = {name: (pl.col(name) // 10**p).cast(pl.String) + "." + (pl.col(name) % 10**p).cast(pl.String).str.zfill(p)
             for name, p in steps.items()}  # fmt: skip
    return frame.with_columns(text.str.to_decimal(scale=steps[name]).alias(name) for name, text in texts.items())


def float_polars(frame: Any) -> Any:
    """The scheme by hand on polars."""
    import polars as pl

    c = pl.col

    def line(x: Any, points: Sequence[tuple[float, float]]) -> Any:
        made: Any = pl.when(x <= points[0][0]).then(points[0][1])
        for (a, low), (b, high) in pairwise(points):
            made = made.when(x <= b).then(low + (x - a) * (high - low) / (b - a))
        return made.otherwise(points[-1][1]).round(4)

    def steps(x: Any, edges: Sequence[tuple[float, float]], rest: float) -> Any:
        made: Any = pl
        for edge, value in edges:
            made = made.when(x <= edge).then(value)
        return made.otherwise(rest)

    def most(x: Any) -> Any:
        return (100 * pl.min_horizontal(pl.lit(1.0), x)).round(4)

    frame = frame.with_columns(
        line(c("rating"), [(70, 0), (85, 60), (95, 100)]).alias("satisfaction"),
        line(c("on_time") / c("calls"), [(0.7, 0), (0.9, 80), (0.98, 100)]).alias("timeliness"),
        steps(c("defects") / c("calls"), [(0.01, 100.0), (0.03, 80.0), (0.05, 50.0)], 0.0).alias("accuracy"),
        line(c("solved") / c("calls"), [(0.6, 0), (0.95, 100)]).alias("first_visit"),
        line(c("finished") / c("assigned"), [(0.6, 0), (1, 100)]).alias("completion"),
        most(c("calls") / 80).alias("workload"),
        steps(c("delay"), [(15, 100.0), (30, 85.0), (60, 60.0)], 0.0).alias("response"),
        line(c("peer_rating"), [(2, 0), (4, 80), (5, 100)]).alias("peers"),
        most(c("training_hours") / c("hours_required")).alias("training"),
        pl.when(c("new_certificates") >= 2).then(100.0).when(c("new_certificates") >= 1).then(85.0).otherwise(60.0)
        .alias("certificates"),
    )  # fmt: skip
    frame = frame.with_columns(
        (0.4 * c("satisfaction") + 0.3 * c("timeliness") + 0.2 * c("accuracy") + 0.1 * c("first_visit")).round(4)
        .alias("quality"),
        (0.4 * c("completion") + 0.3 * c("workload") + 0.3 * c("response")).round(4).alias("efficiency"),
        c("peers").alias("teamwork"), (0.6 * c("training") + 0.4 * c("certificates")).round(4).alias("growth"),
    )  # fmt: skip
    mean = 0.4 * c("quality") + 0.3 * c("efficiency") + 0.2 * c("teamwork") + 0.1 * c("growth")
    frame = frame.with_columns(
        pl.when(c("accident")).then(0.0).when(c("complaints") >= 3).then(pl.min_horizontal(mean, pl.lit(70.0)))
        .otherwise(mean).round(4).alias("total")
    )  # fmt: skip
    grade: Any = pl
    coefficient: Any = pl
    for edge, word, factor in ((90, "A", 1.5), (80, "B", 1.2), (70, "C", 1.0), (60, "D", 0.6)):
        grade = grade.when(c("total") >= edge).then(pl.lit(word))
        coefficient = coefficient.when(c("total") >= edge).then(factor)
    grade, coefficient = grade.otherwise(pl.lit("E")), coefficient.otherwise(0.0)
    frame = frame.with_columns(grade.alias("grade"), coefficient.alias("coefficient"))
    return frame.with_columns(
        (c("base") * c("coefficient") * c("days_worked") / c("days_due")).round(2).alias("performance_pay")
    )


def float_pandas(frame: Any) -> Any:
    """The scheme by hand on pandas, with numpy's own interpolation."""
    d = frame.copy()
    d["satisfaction"] = np.interp(d.rating, [70, 85, 95], [0, 60, 100]).round(4)
    d["timeliness"] = np.interp(d.on_time / d.calls, [0.7, 0.9, 0.98], [0, 80, 100]).round(4)
    faulty = d.defects / d.calls
    d["accuracy"] = np.select([faulty <= 0.01, faulty <= 0.03, faulty <= 0.05], [100, 80, 50], 0)
    d["first_visit"] = np.interp(d.solved / d.calls, [0.6, 0.95], [0, 100]).round(4)
    d["completion"] = np.interp(d.finished / d.assigned, [0.6, 1], [0, 100]).round(4)
    d["workload"] = (100 * np.minimum(1, d.calls / 80)).round(4)
    d["response"] = np.select([d.delay <= 15, d.delay <= 30, d.delay <= 60], [100, 85, 60], 0)
    d["peers"] = np.interp(d.peer_rating, [2, 4, 5], [0, 80, 100]).round(4)
    d["training"] = (100 * np.minimum(1, d.training_hours / d.hours_required)).round(4)
    d["certificates"] = np.select([d.new_certificates >= 2, d.new_certificates >= 1], [100, 85], 60)
    d["quality"] = (0.4 * d.satisfaction + 0.3 * d.timeliness + 0.2 * d.accuracy + 0.1 * d.first_visit).round(4)
    d["efficiency"] = (0.4 * d.completion + 0.3 * d.workload + 0.3 * d.response).round(4)
    d["teamwork"], d["growth"] = d.peers, (0.6 * d.training + 0.4 * d.certificates).round(4)
    mean = 0.4 * d.quality + 0.3 * d.efficiency + 0.2 * d.teamwork + 0.1 * d.growth
    total = np.where(d.accident, 0, np.where(d.complaints >= 3, np.minimum(mean, 70), mean)).round(4)
    d["total"] = total
    edges = [total >= 90, total >= 80, total >= 70, total >= 60]
    d["grade"], d["coefficient"] = np.select(edges, list("ABCD"), "E"), np.select(edges, [1.5, 1.2, 1.0, 0.6], 0)
    d["performance_pay"] = (d.base * d.coefficient * d.days_worked / d.days_due).round(2)
    return d


def zen_batch(columns: dict[str, Any], people: int) -> Callable[[], object] | None:
    """The graph of the other benchmark over so many people; None where zen-engine is not installed."""
    try:
        import zen
    except ImportError:
        return None
    from rival_engines import zen_graph

    decision = zen.ZenEngine().create_decision(json.dumps(zen_graph(tables=False)))
    scale = {"base": 100, **dict.fromkeys(TENTHS, 10)}
    names = list(columns)
    some = {name: cells[:people] / scale[name] if name in scale else cells[:people] for name, cells in columns.items()}
    lists = [cells.tolist() for cells in some.values()]
    rows = [dict(zip(names, row, strict=True)) for row in zip(*lists, strict=True)]
    return lambda: [decision.evaluate(row)["result"] for row in rows]


def paid_frame(pipeline: ir.Pipeline, frame: Any) -> Callable[[], object]:
    """What is measured of us."""
    return lambda: pipeline.run(frame).frame


def in_and_out(pipeline: ir.Pipeline, frame: Any) -> Callable[[], object]:
    """Of it: the frame read into columns, and the frame made of results that are there."""
    done = pipeline.run(frame)
    return lambda: (pipeline.people(frame), done.frame)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=5, help="how often each rival is measured")
    options = parser.parse_args(arguments)

    text = (HERE / "ten_indicators.yaml").read_text("utf-8")
    pipeline = ir.compile(text=text, period="2026-04")
    columns = columns_of(options.people)
    exact, floats = polars_frame(columns, exact=True), polars_frame(columns, exact=False)
    frames = {"polars": exact, "pandas": exact.to_pandas(use_pyarrow_extension_array=True), "pyarrow": exact.to_arrow()}
    pandas_floats = floats.to_pandas()
    in_batch = 10_000
    zen = zen_batch(columns, in_batch)
    runs: dict[str, Callable[[], object]] = {}
    for kind, frame in frames.items():
        runs[f"ours, {kind}"] = paid_frame(pipeline, frame)
    for kind, frame in frames.items():
        runs[f"  in and out, {kind}"] = in_and_out(pipeline, frame)
    runs["float polars"] = lambda: float_polars(floats)
    runs["float pandas"] = lambda: float_pandas(pandas_floats)
    if zen is not None:
        runs["zen-engine"] = zen

    took: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(options.times):
        for name, run in runs.items():
            start = process_time()
            run()
            took[name].append((process_time() - start) * (options.people / in_batch if name == "zen-engine" else 1))
    seconds = {name: median(values) for name, values in took.items()}
    paid = pipeline.run(exact).frame["performance_pay"].to_list()
    by_hand = float_polars(floats)["performance_pay"].to_list()
    wrong = sum(abs(float(a) - b) > 0.001 for a, b in zip(paid, by_hand, strict=True))
    print(f"Python {sys.version.split()[0]}, {options.people:,} people, ten indicators, frame to frame")
    print(f"medians of {options.times}, seconds of the processor; {wrong:,} amounts of the floats are wrong\n")
    for name, value in seconds.items():
        print(f"{name:22}{value:>8.2f}")
    print()
    ours = seconds["ours, polars"]
    print(f"polars: {ours / seconds['float polars']:.1f} x float polars (target 3.0)")
    print(f"pandas: {seconds['ours, pandas'] / seconds['float pandas']:.1f} x float pandas (target 1.5)")
    print(f"in and out: {seconds['  in and out, polars'] / ours:.0%} of the run on polars (target 15 %)")
    if "zen-engine" in seconds:
        print(f"polars: 1/{seconds['zen-engine'] / ours:.0f} of zen-engine (target 1/20)")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    raise SystemExit(main())
