"""The faults: of each its name, the file, the one line that is sound and what it becomes, and who hunts it."""

from __future__ import annotations

from attrs import frozen

SCHEMES = ("tests/random_schemes",)
COMPANIES = ("tests/properties", "tests/running", "tests/random_schemes")  # the quickest first
RECORDS = ("tests/recording", "tests/random_schemes")
PROOFS = ("tests/schemes/test_right_values.py", "tests/checking", "tests/random_schemes")  # a rare one: directed tests first
DATA = ("tests/reading", "tests/random_schemes")


@frozen
class Fault:
    """One seeded fault: `sound` stands exactly once in the file, `broken` takes its place."""

    name: str
    file: str
    sound: str
    broken: str
    hunters: tuple[str, ...] = SCHEMES


CHECKER = (
    Fault("bounds: a sum forgets that there may be no rows", "checking/formulas/row_aggregates.py",
          "added = multiply_bounds(hull(bounds, ZERO), Bounds(Fraction(0), rows))",
          "added = multiply_bounds(bounds, Bounds(Fraction(1), rows))"),
    Fault("bounds: a standing fact holds where its rows need not be", "checking/ranges/prover.py",
          "if fact.needs <= situation.known and self._levels.is_above(fact.level, situation.level):",
          "if fact.needs <= situation.known:"),
    Fault("bounds: a standing fact holds where its part is missing", "checking/ranges/prover.py",
          "if fact.needs <= situation.known and self._levels", "if self._levels", PROOFS),
    Fault("bounds: a difference is bounded as a sum", "checking/formulas/operators.py",
          "other = negated(right.facts.bounds) if minus else", "other = right.facts.bounds if minus else"),
    Fault("bounds: a strict condition is one step too tight", "checking/ranges/prover.py",
          "return (edge // step + 1) * step", "return (edge // step + 2) * step"),
    Fault("bounds: the largest point of a line is left out", "checking/formulas/table_bounds.py",
          "values += [line(edges, end) for end in ends]", "values += [line(edges, end) for end in ends[:1]]"),
    Fault("bounds: an adjustment replaces what was there before", "checking/quantities/adjustments.py",
          "after if when is None else hull(before, after)", "after"),
    Fault("bounds: a floor lowers nothing", "checking/formulas/rounding.py",
          "None if bounds.low is None else rounded(bounds.low, decimals, mode)", "bounds.low"),
    Fault("known: a chain forgets its last operand", "checking/formulas/operators.py",
          "facts = Facts(BOOLEAN, any(x.facts.may_miss for x in parts))", "facts = Facts(BOOLEAN, parts[0].facts.may_miss)"),
    Fault("known: a guarded quotient is never missing", "checking/formulas/operators.py",
          "may_miss = guarded or left.facts.may_miss or right.facts.may_miss",
          "may_miss = left.facts.may_miss or right.facts.may_miss"),
    Fault("known: coalesce is known if its first argument may be missing", "checking/formulas/calls.py",
          "facts = Facts(type_, all(x.facts.may_miss for x in terms), self.hull_of(terms))",
          "facts = Facts(type_, False, self.hull_of(terms))"),
    Fault("known: a mean of zero weights is known", "checking/quantities/means.py",
          '"zero": not any(heavy),', '"zero": False,'),
    Fault("known: a condition that fails proves what it would guard", "checking/ranges/facts.py",
          "operator = term.operator if holds else _OPPOSITE[term.operator]", "operator = term.operator", PROOFS),
    Fault("decimals: a product needs those of one factor", "checking/formulas/rounding.py",
          "return None if left is None or right is None else left + right",
          "return None if left is None or right is None else max(left, right)"),
    Fault("levels: rows without `within` are everybody's", "checking/formulas/aggregates.py",
          "return frame.level if inside and name not in OF_EACH_ROW else first",
          "return frame.level if inside and name not in OF_EACH_ROW else EVERYONE if name == 'rank' else first"),
    Fault("tables: an outer else is lost at the next key", "checking/formulas/lookups.py",
          "fallback = (grid.otherwise,) if not grid.complete else inherited",
          "fallback = (grid.otherwise,) if not grid.complete else None"),
)  # fmt: skip
COMPILER = (
    Fault("lowering: a chain drops that it is missing", "compiling/lower.py",
          "return Word(cells.all_of(*(self.flag(x) for x in xs)) or TRUE, known)",
          "return Word(cells.all_of(*(self.flag(x) for x in xs)) or TRUE)"),
    Fault("lowering: a guard is left out of ratio", "compiling/rationals.py",
          "known = cells.all_of(known, cells.negation(cells.compare(\"==\", divisor, ZERO)))", "known = known"),
    Fault("lowering: the rows of a missing value count", "compiling/rows.py",
          "include = cells.all_of(where, None if value is None else value.known) or TRUE", "include = where or TRUE"),
    Fault("lowering: `<` for `<=` in a table of edges", "compiling/tables.py",
          'return _halved(cells, edges, _alike(cells, leaves), _reaches(cells, key, "<=" if from_ else "<"))',
          'return _halved(cells, edges, _alike(cells, leaves), _reaches(cells, key, "<"))'),
    Fault("lowering: half up ignores the sign", "compiling/rounding.py",
          "lambda: cells.floor_divide(below, half), lambda: cells.floor_divide(less_one, half))",
          "lambda: cells.floor_divide(below, half), lambda: cells.floor_divide(below, half))"),
    Fault("lowering: half even rounds to odd", "compiling/rounding.py",
          'odd = cells.compare("==", cells.subtract(least, cells.multiply(Lit(2), cells.floor_divide(least, Lit(2)))), ONE)',
          'odd = cells.compare("==", cells.subtract(least, cells.multiply(Lit(2), cells.floor_divide(least, Lit(2)))), ZERO)'),
    Fault("lowering: a clamp to the checker's bounds one too low", "compiling/plans.py",
          "low, high = ceil(bounds.low * value.constant), floor(bounds.high * value.constant)",
          "low, high = ceil(bounds.low * value.constant), floor(bounds.high * value.constant) - 1"),
    Fault("lowering: of others oneself is counted too", "compiling/rows.py",
          "rest = cells.subtract(cells.at(count, over.source), cells.pick(where, ONE, ZERO))",
          "rest = cells.at(count, over.source)"),
    Fault("lowering: a share that is kept goes to the others", "compiling/population.py",
          'kept = parts.among is not None and term.left_out == "kept"', "kept = False"),
    Fault("lowering: a pool is paid whatever its condition", "compiling/population.py",
          "here = cells.all_of(takes_part, parts.when) or TRUE", "here = takes_part or TRUE"),
    Fault("lowering: a negative slice is cut off", "compiling/tables.py",
          "return _pieces(cells, key, [edge for edge, _ in slices], lines, (min(ends), max(ends)))",
          "return _pieces(cells, key, [edge for edge, _ in slices], lines, (max(min(ends), Fraction(0)), max(ends)))"),
)  # fmt: skip
ENGINE = (
    Fault("engine: a tie of the latest row is not seen", "running/lists_crossings.py",
          "elif orders[row] == largest[owner] and values[row] != found[owner]:", "elif False:", COMPANIES),
    Fault("engine: the first of equal orders is the latest", "running/lists_crossings.py",
          "if largest[owner] is None or orders[row] > largest[owner]:",
          "if largest[owner] is None or orders[row] < largest[owner]:", COMPANIES),
    Fault("engine: a running sum leaves its own row out", "running/lists_crossings.py",
          "            found[row] = total\n    return found", "            found[row] = total - values[row]\n    return found", COMPANIES),
    Fault("engine: a capped share frees nothing", "running/shares.py", "        left -= caps[i]\n", "", COMPANIES),
    Fault("engine: last cents go to the smallest fractions", "running/shares.py",
          "fractions.append((-part, -weights[i], keys[i], i))", "fractions.append((part, -weights[i], keys[i], i))", COMPANIES),
    Fault("engine: `max` is written as `min`", "running/scalar_expressions.py",
          "{'>' if op.operator == 'max' else '<'}", "{'<' if op.operator == 'max' else '>'}", COMPANIES),
    Fault("engine: an inlined negation loses its brackets", "running/scalar_expressions.py",
          "return text if own >= binding else f\"({text})\"", "return text", COMPANIES),
)  # fmt: skip
REFEREE = (
    Fault("referee: a chain holds if its first pair does", "judging/evaluator.py",
          "        return all(held)", "        return held[0]"),
    Fault("referee: variance divides by one less", "judging/aggregates.py",
          "return sum(((number(v) - middle) ** 2 for v in values), Fraction(0)) / len(values)",
          "return sum(((number(v) - middle) ** 2 for v in values), Fraction(0)) / max(len(values) - 1, 1)"),
    Fault("referee: linear percentiles count from 0", "judging/aggregates.py",
          "position = 1 + fraction * (count - 1)", "position = max(1, fraction * (count - 1))"),
    Fault("referee: a floor lowers", "judging/quantities.py",
          "return x if x >= y else y", "return x if x <= y else y"),
    Fault("referee: an adjustment of a missing value counts from 0", "judging/quantities.py",
          "    if value is None or amount is None:\n        return None\n    x, y = number(value)",
          "    if amount is None:\n        return None\n    x, y = number(0 if value is None else value)"),
)  # fmt: skip
READING = (
    Fault("reading: decimals are counted from the wrong end", "reading/cell_numbers.py",
          "value = Fraction(int(whole + decimals), 10 ** len(decimals))",
          "value = Fraction(int(whole + decimals), 10 ** len(whole))", DATA),
    Fault("reading: one decimal too many is let in", "reading/cell_numbers.py",
          "return places is not None and places <= decimals", "return places is not None and places <= decimals + 1", DATA),
    Fault("reading: a percent sign counts for nothing", "reading/cell_numbers.py",
          "return value / 100 if percent else value", "return value", DATA),
    Fault("reading: noon has no hours", "reading/cell_times.py", "clock = hour * 60 + minute", "clock = hour % 12 * 60 + minute", DATA),
    Fault("reading: a key that came before is taken again", "reading/owners.py",
          "if key in owners.people:", "if key in owners.people or not problems:", DATA),
    Fault("reading: a row that no group knows is taken", "reading/owners.py",
          "if there is not None and not there.keys.get(key, False):", "if there is None and not there:", DATA),
    Fault("reading: rows are given to their owners out of order", "reading/key_columns.py",
          "pairs = numbers * size + rows", "pairs = rows * size + numbers", DATA),
    Fault("reading: rows that say two things say one", "reading/key_columns.py",
          "* width + column", "* width + 0 * column", DATA),
    Fault("reading: two keys are one", "reading/key_columns.py",
          "if number == len(keys):", "if number == len(keys) + 1:", DATA),
    Fault("reading: a cell is the one that came first", "model/table.py",
          "_Other((type(cell), cell) if", "_Other((object, cell) if", DATA),
    Fault("reading: an empty line is passed over", "reading/csv_tables.py",
          "chain([nothing] * waiting, records)", "records", DATA),
    Fault("reading: the same file twice is summed twice", "reading/copies.py",
          "if few == many and few and sum(one.hashes) == sum(other.hashes):", "if few > many:", DATA),
    Fault("reading: a carried value gives way to the data's", "reading/earlier.py",
          "if there is None or there == read_cell(lenient, value):", "if there is None or there != value:", DATA),
)  # fmt: skip
RECORDING = (
    Fault("recording: a changed file is not seen", "recording/verify.py",
          "if left != 0 or digest.hexdigest() != wanted.sha256:", "if left != 0:", RECORDS),
    Fault("recording: a changed manifest is not seen", "recording/verify.py",
          'if f"{fingerprint}  {MANIFEST}\\n".encode() not in sums:', "if not sums:", RECORDS),
    Fault("recording: a correction pays the whole amount again", "recording/corrections.py",
          "before, after = had.get((name, kind)), made.get((name, kind))",
          "before, after = None, made.get((name, kind))", RECORDS),
    Fault("recording: who is gone now keeps what was paid", "recording/corrections.py",
          "for key in sorted({*now, *paid.amounts}):", "for key in sorted(now):", RECORDS),
    Fault("recording: the record of another scheme is taken", "recording/corrections.py",
          "if record.scheme != scheme.name:", "if not record.scheme:", RECORDS),
    Fault("recording: a correction stands on less than the first run", "recording/history.py",
          'name = needed.taken_from(one.period) if one.period not in named else ""', 'name = ""', RECORDS),
    Fault("recording: whoever was set aside is passed over where periods may lack", "recording/history.py",
          "for key, problem in _set_aside(record).items() if not compared else ():",
          'for key, problem in _set_aside(record).items() if table.gaps == "refuse" else ():', RECORDS),
    Fault("recording: a period is paid anew beside its record", "recording/corrections.py",
          "return paid_already(period, same.values())", "return ()", RECORDS),
    Fault("recording: that somebody out of scope had a balance is not recorded", "recording/contents.py",
          "there = {result.key for result in ran.run.results if result.in_scope}",
          "there = {result.key for result in ran.run.results}", RECORDS),
)  # fmt: skip
FAULTS = (*CHECKER, *COMPILER, *ENGINE, *REFEREE, *READING, *RECORDING)
