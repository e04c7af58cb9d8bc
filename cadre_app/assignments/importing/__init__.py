"""The sheet of dispatches."""
