"""The growth file that a page is about."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from cadre_app.core.http import UserRequest
from cadre_app.people.models import Trainee


def visible_trainee(request: UserRequest, pk: UUID) -> Trainee:
    """The file with its person and unit, or 404."""
    files = Trainee.objects.visible_to(request.user).select_related("person", "home_unit")
    return get_object_or_404(files, pk=pk)
