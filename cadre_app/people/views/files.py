"""The growth file that a page is about."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from cadre_app.core.http import UserRequest, require
from cadre_app.people import permissions
from cadre_app.people.models import Trainee


def visible_trainee(request: UserRequest, pk: UUID) -> Trainee:
    """The file with its person and unit, or 404."""
    files = Trainee.objects.visible_to(request.user).select_related("person", "home_unit")
    return get_object_or_404(files, pk=pk)


def changeable_trainee(request: UserRequest, pk: UUID) -> Trainee:
    """A visible file that one may change; 403 where one may not."""
    trainee = visible_trainee(request, pk)
    require(permissions.can_edit(request.user, trainee))
    return trainee


def back_to(trainee: Trainee, section: str = "") -> HttpResponse:
    """To the person page, at the section that was changed."""
    url = reverse("people:trainee_detail", kwargs={"pk": trainee.pk})
    return redirect(f"{url}#{section}" if section else url)
