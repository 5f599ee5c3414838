"""Statistics of what was paid: gaps, rates and weights by groups, each with its interval and its verdict."""
