"""Whether a scheme keeps its promises: directions of all names, and the verdict on each promise."""
