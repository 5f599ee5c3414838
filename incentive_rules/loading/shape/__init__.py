"""Whether a document has the shape that the table of keywords says."""
