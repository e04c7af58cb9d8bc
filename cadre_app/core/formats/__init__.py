"""How the product writes dates and numbers, by language."""
