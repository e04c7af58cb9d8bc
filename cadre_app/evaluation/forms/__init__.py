"""Forms of the community evaluation."""
