"""Each kind of step over whole columns of numpy integers, and the numbers that are too wide for them."""
