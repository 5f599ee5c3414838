"""The examples of a scheme: the facts that they bring, and what they expect to come out."""
