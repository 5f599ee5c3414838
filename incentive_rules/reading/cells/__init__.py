"""One cell: its exact value, or what is wrong with it and what was probably meant."""
