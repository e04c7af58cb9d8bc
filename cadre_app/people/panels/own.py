"""What the desk of somebody in the programme says about the own growth file."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.people.models import Trainee
from cadre_app.people.models.persons import own_keys
from cadre_app.stages.labels import full_label
from cadre_app.stages.sql import with_stage

if TYPE_CHECKING:
    from cadre_app.core.http import UserRequest


def own_file(request: "UserRequest") -> dict[str, Any]:
    """Unit, number and stage of the own file, and the way to it; one query."""
    _person, file = own_keys(request.user)
    mine = Trainee.objects.filter(pk__in=[file] if file is not None else []).select_related("home_unit")
    found: Any = with_stage(mine, timezone.localdate())
    lines = [{"name": _("File number"), "text": trainee.file_number} for trainee in found]
    lines += [{"name": _("Unit"), "text": trainee.home_unit.name} for trainee in found]
    lines += [{"name": _("Stage"), "text": full_label(trainee.stage, trainee.grade)} for trainee in found]
    return {"title": _("My file"), "more_url": reverse("people:my_file"), "more": _("Open"), "lines": lines}
