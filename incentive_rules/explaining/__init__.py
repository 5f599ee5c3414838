"""Explaining: from a trace to what people and programs read of it."""
