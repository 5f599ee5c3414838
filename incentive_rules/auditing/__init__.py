"""Two opinions side by side: whose values to compute twice, and where the two differ."""
