"""From the sections of a document to a `Scheme`."""
