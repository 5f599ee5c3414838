"""From bytes to a `Document`: a strict subset of YAML, with the place of every character."""
