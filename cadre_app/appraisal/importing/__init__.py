"""The sheet of annual assessments."""
