"""From what a scheme says to what it means, with every error found before a row is read."""

from .check import check_scheme

__all__ = ["check_scheme"]
