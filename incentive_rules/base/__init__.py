"""What everything else stands on: places, diagnostics and their codes, exact numbers, periods."""
