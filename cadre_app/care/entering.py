"""What is entered about one person from the growth file: talks, occasions for them, visits; by the person, a request."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.care import permissions
from cadre_app.core.growth import EntryLink, entry_links
from cadre_app.people import permissions as people

if TYPE_CHECKING:
    from collections.abc import Callable

    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

GOES_ON = ("talk_add_held", "visit_add_held")  # what was raised is entered on the page of the talk or visit


def announce() -> None:
    """Called once, when the app is ready."""
    for key, label, order, name, on_desk in (
        ("care.talk", _("Plan a talk"), 50, "talk_new", False),
        ("care.held", _("Record the talk"), 51, "talk_add_held", True),
        ("care.occasion", _("Enter an occasion for a talk"), 52, "trigger_new", False),
        ("care.visit", pgettext_lazy("care visit", "Plan a visit"), 53, "visit_new", False),
        ("care.held_visit", _("Record a visit"), 54, "visit_add_held", False),
    ):
        entry_links.register(key, EntryLink(label, order, _form_of(name), on_desk, goes_on=name in GOES_ON))
    entry_links.register("care.ask", EntryLink(_("Ask for a talk"), 55, ask_url))


def ask_url(user: "User", trainee: "Trainee") -> str:
    own = people.is_own(user, trainee) and not trainee.is_read_only
    return reverse("care:talk_ask") if own else ""


def _form_of(name: str) -> "Callable[[User, Trainee], str]":
    def url(user: "User", trainee: "Trainee") -> str:
        return reverse(f"care:{name}", kwargs={"pk": trainee.pk}) if permissions.can_plan(user, trainee) else ""

    return url
