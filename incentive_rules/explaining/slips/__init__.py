"""What stands on somebody's slip, made of the trace of that person."""
