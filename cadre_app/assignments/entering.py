"""What is entered about one person from the growth file: a posting to be approved, leave, and the host's appraisal."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.models import Posting, PostingState
from cadre_app.assignments.permissions import leaves, postings, rooms
from cadre_app.core.growth import EntryLink, entry_links
from cadre_app.people import permissions as people

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee


def announce() -> None:
    """Called once, when the app is ready."""
    entry_links.register("assignments.appraisal", EntryLink(_("Write the appraisal"), 12, appraisal_url))
    entry_links.register("assignments.posting", EntryLink(_("Propose posting"), 80, posting_url, goes_on=True))
    entry_links.register("assignments.leave", EntryLink(_("Enter leave"), 82, leave_url))
    entry_links.register("assignments.own_leave", EntryLink(_("Ask for leave"), 82, own_leave_url))


def appraisal_url(user: "User", trainee: "Trainee") -> str:
    """The host's, from the return until it is confirmed."""
    if trainee.is_read_only or not rooms.is_host(user):
        return ""
    hosted = Posting.objects.hosted_by(user).filter(trainee=trainee.pk, state=PostingState.RETURNED)
    key = hosted.order_by("-started_on", "pk").values_list("pk", flat=True).first()
    return reverse("assignments:appraisal_write", kwargs={"pk": key}) if key is not None else ""


def posting_url(user: "User", trainee: "Trainee") -> str:
    may = postings.can_propose(user, trainee)
    return reverse("assignments:posting_propose", kwargs={"pk": trainee.pk}) if may else ""


def leave_url(user: "User", trainee: "Trainee") -> str:
    may = not people.is_own(user, trainee) and leaves.can_enter_leave(user, trainee)
    return reverse("assignments:leave_new", query={"trainee": str(trainee.pk)}) if may else ""


def own_leave_url(user: "User", trainee: "Trainee") -> str:
    may = people.is_own(user, trainee) and leaves.can_enter_leave(user, trainee)
    return reverse("assignments:leave_new") if may else ""
