"""A third evaluator: what a scheme pays, worked out from `docs/reference` alone.

The engine and the referee share the checker: which name is meant, at which level a formula stands, which table is in
force. What the two say together may still be wrong together. This package imports nothing of the library. It reads
the YAML of a scheme by itself, parses the formulas by itself, and computes every output in fractions, with None for
what is missing. It expects a scheme that the checker accepts, and says `Unknown` of what it cannot read.

    words.py       the keyword and function tables of `docs/reference`
    reading.py     YAML with its texts as they stand; one vocabulary, whatever the language
    formulas.py    text -> a tree of tuples
    exact.py       exact numbers, rounding, days, parts of a period
    tables.py      the row of a value
    scheme.py      the names that a scheme defines, and how each is made
    sections.py    its sections, one after the other
    levels.py      where a name stands, and whether it is money
    world.py       the rows of the data, and whose they are
    evaluate.py    formulas at a row
    aggregates.py  many rows together
    sharing.py     honours, grades by rank and pools
    judge.py       all of it: `judged(text, period, tables)`
"""
