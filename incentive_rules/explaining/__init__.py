"""From a trace to an explanation, for people and for programs."""
