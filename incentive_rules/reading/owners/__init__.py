"""Gives rows to their owners (people, rows of other tables, groups), and reports rows that have none."""
