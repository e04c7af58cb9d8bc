"""The growth file that a page is about."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cadre_app.core.http import Refusal, UserRequest, refuse, require
from cadre_app.people import permissions
from cadre_app.people.models import Trainee


def visible_trainee(request: UserRequest, pk: UUID) -> Trainee:
    """The file with its person and unit, or 404."""
    files = Trainee.objects.visible_to(request.user).select_related("person", "home_unit")
    return get_object_or_404(files, pk=pk)


def changeable_trainee(request: UserRequest, pk: UUID) -> Trainee:
    """A visible file that one may change; 403 as `require_edit`."""
    trainee = visible_trainee(request, pk)
    require_edit(request, trainee)
    return trainee


def require_edit(request: UserRequest, trainee: Trainee) -> None:
    """403 for whoever may not change the file; where it is only closed, with the day and the way to open it again."""
    user = request.user
    if permissions.can_undo_departure(user, trainee):
        undo = (reverse("people:departure_undo", kwargs={"pk": trainee.pk}), _("Take the departure back"))
        refuse(
            request, _closed(trainee, _("If the departure was a mistake, take it back. Then change the file."), undo)
        )
    elif permissions.can_restore(user, trainee):
        restore = (reverse("people:trainee_restore", kwargs={"pk": trainee.pk}), _("Restore"))
        refuse(request, _closed(trainee, _("If it was voided by mistake, restore it. Then change the file."), restore))
    else:
        require(permissions.can_edit(user, trainee))


def require_propose(request: UserRequest, trainee: Trainee) -> None:
    """As `require_edit`, for proposing a change; the way to open a closed file is not theirs."""
    if trainee.is_read_only and permissions.is_proposer(request.user, trainee):
        refuse(request, _closed(trainee, _("If this is a mistake, tell the organization department.")))
    else:
        require(permissions.can_propose(request.user, trainee))


def _closed(trainee: Trainee, advice: str, *ways: tuple[str, str]) -> Refusal:
    day = timezone.localtime(trainee.voided_at).date() if trainee.voided_at is not None else trainee.departed_on
    if trainee.is_voided:
        why = _("The growth file of %(name)s was voided on %(day)s: it can be read, no longer changed.")
    else:
        why = _("%(name)s left on %(day)s: the growth file is closed, can be read and no longer changed.")
    page = (reverse("growth:file", kwargs={"pk": trainee.pk}), _("To the growth file"))
    return Refusal(
        _("This growth file is closed"),
        why % {"name": trainee.person.name, "day": formats.date_format(day) if day else ""},
        advice,
        (*ways, page),
    )


def back_to(trainee: Trainee, section: str = "") -> HttpResponse:
    """To the record of the file, at the section that was changed."""
    url = reverse("people:trainee_detail", kwargs={"pk": trainee.pk})
    return redirect(f"{url}#{section}" if section else url)
