"""What appointment forms give to a growth file: the way to make one, and how many there are, for staff and leaders alone."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cadre_app.appointment import permissions
from cadre_app.appointment.models import AppointmentForm, FormState
from cadre_app.core.growth import Access, EntryLink, HeadLine, HeadPart, entry_links, head_parts
from cadre_app.core.roles import Role

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee


def announce() -> None:
    """Called once, when the app is ready."""
    label = gettext_lazy("Make appointment form")
    entry_links.register("appointment.form", EntryLink(label, 90, form_url, on_desk=True, goes_on=True))
    head_parts.register("appointment.forms", HeadPart(order=90, lines=form_lines))


def form_url(user: "User", trainee: "Trainee") -> str:
    if not permissions.can_make(user, trainee):
        return ""
    return reverse("appointment:form_new", kwargs={"pk": trainee.pk})


def form_lines(trainee: "Trainee", access: Access) -> list[HeadLine]:
    """How many were issued, the last one's day, and a draft; never on a phone or on paper. One query."""
    if not access.works(Role.STAFF, Role.LEADER) or access.on_phone or access.on_paper:
        return []
    rows = AppointmentForm.objects.standing().filter(trainee=trainee).order_by("-issued_at", "-created_at")
    found = list(rows.values_list("state", "issued_at"))
    if not found:
        return []
    issued = [at for state, at in found if state == FormState.ISSUED and at is not None]
    text = ngettext("%(count)d issued", "%(count)d issued", len(issued)) % {"count": len(issued)}
    text = text if issued else str(FormState.DRAFT.label)
    last = max(issued, default=None)
    return [
        HeadLine(
            _("Appointment form"),
            text,
            detail=formats.date_format(timezone.localtime(last)) if last is not None else "",
            note=_("One is a draft.") if 0 < len(issued) < len(found) else "",
            url=reverse("appointment:form_list", kwargs={"pk": trainee.pk}),
        )
    ]
