"""The sheet of rewards."""
