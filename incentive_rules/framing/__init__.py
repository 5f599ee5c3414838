"""What a run found as tables with types, in the kind of frame that a program handed over."""
