"""One Python function of a plan, for one person."""
