"""The sheet of outcomes."""
