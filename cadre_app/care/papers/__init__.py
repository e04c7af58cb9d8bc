"""What the care room prints: the form of a talk, the minutes of a symposium."""

from cadre_app.care.papers import minutes, talks


def announce() -> None:
    """Called once, when the app is ready."""
    talks.announce()
    minutes.announce()
