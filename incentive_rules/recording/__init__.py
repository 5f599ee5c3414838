"""Records of runs: written whole or not at all, read with every byte verified, used by later periods."""
