"""The lists of the room whose conditions can be kept under a name."""

from cadre_app.core.lists import announce_lists


def announce() -> None:
    """Called once, when the app is ready and its exports are announced."""
    announce_lists(
        {
            "care:talk_list": "care.talks",
            "care:plan_list": "care.plans",
            "care:problem_list": "care.problems",
            "care:symposium_list": "care.symposiums",
            "care:visit_list": "care.visits",
        },
        wider={
            "care:talk_list": ("state=voided",),
            "care:problem_list": ("state=voided",),
            "care:symposium_list": ("state=voided",),
            "care:visit_list": ("state=voided",),
        },
    )
