"""The lists of the room whose conditions can be kept under a name."""

from cadre_app.core.lists import announce_lists


def announce() -> None:
    """Called once, when the app is ready and its exports are announced."""
    announce_lists(
        {
            "advancement:outcome_list": "advancement.outcomes",
            "advancement:rank_list": "advancement.ranks",
        },
        wider={
            "advancement:outcome_list": ("state=voided",),
        },
    )
