"""One table: its columns, the keys of its rows, the rows that look the same, files joined on a key."""
