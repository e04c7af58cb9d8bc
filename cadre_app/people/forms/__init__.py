"""What is typed about persons, files, offices, terms and transfers."""
