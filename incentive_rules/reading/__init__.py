"""Reading data: from bytes to tables, from tables to people, from a cell to an exact value."""
