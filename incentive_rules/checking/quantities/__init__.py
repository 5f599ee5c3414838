"""Each named quantity: its formulas, its kind of body, its adjustments and its rounding."""
