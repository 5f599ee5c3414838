"""The referee: formulas as they are written, evaluated a second time on fractions, with a trace."""
