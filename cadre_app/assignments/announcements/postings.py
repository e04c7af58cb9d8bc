"""What postings announce to the registries."""


def announce() -> None:
    """Called once, when the app is ready."""
