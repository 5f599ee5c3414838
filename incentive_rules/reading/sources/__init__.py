"""Where tables come from: files of each kind, rows that a program hands over, and what is wrong with a whole file."""
