"""The nouns that cross from one stage to the next; no stage has one of its own that another one reads."""
