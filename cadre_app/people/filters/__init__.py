"""What the lists of people can be narrowed to."""
