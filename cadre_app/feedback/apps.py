from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


class FeedbackConfig(AppConfig):
    name = "cadre_app.feedback"
    verbose_name = _("Feedback")

    def ready(self) -> None:
        from cadre_app.core.registries import DeskPanel, NavItem, desk_panels, nav, verbs
        from cadre_app.feedback import desk, list_pages, permissions

        nav.register(
            "feedback",
            NavItem(
                label=_("Feedback"),
                short=_("Suggestions"),
                icon="chat-square-text",
                url_name="feedback:inbox",
                group="system",
                order=910,
                visible=permissions.can_answer_any,
            ),
        )
        desk_panels.register("feedback", DeskPanel(order=900, visible=_everyone, items=desk.items))
        verbs.register("feedback.feedback.given", _("Suggestion written"))
        verbs.register("feedback.feedback.answered", _("Suggestion answered"))
        list_pages.announce()


def _everyone(user: "User") -> bool:
    return user.is_active
