"""Amounts: a plan computed for one person by generated Python, or for all people in columns of whole numbers."""
