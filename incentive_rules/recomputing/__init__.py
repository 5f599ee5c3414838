"""Compares the engine with the referee: whose values to compute twice, and where the two differ."""
