"""Changes of the community evaluation, a module per noun."""
