"""From the syntax of a formula to typed and bounded terms."""
