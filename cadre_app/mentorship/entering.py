"""What is entered about one person from the growth file: the mentor's note, the next meeting, both parts of the review."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cadre_app.core.growth import EntryLink, entry_links
from cadre_app.mentorship.models import Pairing, PairingReview
from cadre_app.mentorship.permissions import notes, reviews
from cadre_app.people import permissions as people

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee


def announce() -> None:
    """Called once, when the app is ready."""
    entry_links.register("mentorship.note", EntryLink(_("Write a note"), 5, note_url, goes_on=True))
    entry_links.register("mentorship.check_in", EntryLink(_("Arrange a check-in"), 6, check_in_url))
    entry_links.register("mentorship.review", EntryLink(_("Write the review of the pairing"), 7, review_url))


def note_url(user: "User", trainee: "Trainee") -> str:
    key = _pairing(user, trainee)
    return reverse("mentorship:note_new", query={"pairing": str(key)}) if key is not None else ""


def check_in_url(user: "User", trainee: "Trainee") -> str:
    key = _pairing(user, trainee)
    return reverse("mentorship:check_in_new", kwargs={"pk": key}) if key is not None else ""


def review_url(user: "User", trainee: "Trainee") -> str:
    """The part that this viewer, mentor or mentee, may write now; staff enter parts from paper on the review itself."""
    if not people.is_own(user, trainee) and not notes.is_mentor(user):
        return ""
    rows = PairingReview.objects.visible_to(user).open().filter(pairing__trainee=trainee.pk)
    related = rows.select_related("pairing__trainee__person", "pairing__trainee__home_unit", "pairing__mentor")
    for review in related.order_by("period_until", "pk"):
        for is_theirs, may, name in (
            (reviews.is_mentors, reviews.can_write_mentor_part, "review_mentor_part"),
            (reviews.is_trainees, reviews.can_write_trainee_part, "review_trainee_part"),
        ):
            if is_theirs(user, review) and may(user, review):
                return reverse(f"mentorship:{name}", kwargs={"pk": review.pk})
    return ""


def _pairing(user: "User", trainee: "Trainee") -> UUID | None:
    """The pairing of which `user` is the mentor; asked once for each file of a request, and of mentors alone."""
    if trainee.is_read_only or not notes.is_mentor(user):
        return None
    known: dict[UUID, UUID | None] = user.__dict__.setdefault("_mentored_pairings", {})
    if trainee.pk not in known:
        rows = Pairing.objects.of_mentor(user).filter(trainee=trainee.pk)
        known[trainee.pk] = rows.values_list("pk", flat=True).first()
    return known[trainee.pk]
