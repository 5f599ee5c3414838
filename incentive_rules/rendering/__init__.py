"""Pages that people read, each one file that needs no network and no script."""
