"""The sheet of training history."""
