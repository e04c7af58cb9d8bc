"""The lists of the room whose conditions can be kept under a name."""

from cadre_app.core.lists import announce_lists


def announce() -> None:
    """Called once, when the app is ready and its exports are announced."""
    announce_lists(
        {
            "probation:list": "probation.probations",
        },
        wider={
            "probation:list": ("stage=all", "stage=voided"),
        },
    )
