"""One table: its columns, the keys that tell its rows apart, the rows that look the same, files joined on a key."""
