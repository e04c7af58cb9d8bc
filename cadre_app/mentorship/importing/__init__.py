"""The sheet of pairings."""
