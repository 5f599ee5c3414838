"""What people would get if one cell were different: only what rests on the cell, for many of its values at once."""
