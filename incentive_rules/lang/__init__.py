"""The language of formulas: its characters, words, syntax, types and functions."""
