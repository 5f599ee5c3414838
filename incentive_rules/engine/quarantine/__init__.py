"""Who stands, who is left out, and who waits for a row that was refused."""
