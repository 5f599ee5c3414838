"""What the names of a scheme stand for: inputs, tables, constants, levels, and what needs what."""
