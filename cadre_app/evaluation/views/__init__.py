"""Pages of the community evaluation."""
