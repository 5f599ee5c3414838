"""Who is refused, who is excluded with them, and what is held because it rests on rows that are absent."""
