"""One cell: what it holds exactly, or what is wrong with it and what was probably meant."""
