"""What feedback announces to the registries: its reminder. There are no verbs, as nothing of it goes on record."""

from cadre_app.training.rules import feedback as rules


def announce() -> None:
    """Called once, when the app is ready."""
    rules.announce()
