"""What the pages of discipline and of 提醒函询诫勉 share: their list, the choice of a person, one entry, who may change it.

They open at a desk alone, and each reading is on record before it is answered.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from cadre_app.conduct import tabs
from cadre_app.conduct.choosing import choice
from cadre_app.conduct.models import Admonition, Sanction
from cadre_app.conduct.models.readers import files_kept_by
from cadre_app.conduct.permissions import restricted as permissions
from cadre_app.conduct.services import reading
from cadre_app.conduct.views.own import own_conduct
from cadre_app.conduct.views.pages import RELATED, require_desk
from cadre_app.core.http import UserRequest, page_or_fragment, require
from cadre_app.history.models import Entry
from cadre_app.people import permissions as people
from cadre_app.people.models import Trainee
from cadre_app.people.views.files import visible_trainee

Kind = TypeVar("Kind", Sanction, Admonition)


def listed(
    request: UserRequest, what: str, name: str, template: str, table_of: Callable[..., tuple[Any, Any]]
) -> HttpResponse:
    """The list over units, for those who read them by office; `what` is how its reading is put on record."""
    if not permissions.can_list_restricted(request.user):
        raise Http404
    require_desk(request)
    reading.read_list(what, actor=request.user)
    table, found = table_of(request, request.user)
    context = {
        "table": table,
        "filter": found,
        "tabs": tabs.tabs_of(request.user, name),
        "may_enter": permissions.can_enter_restricted(request.user),
    }
    return render(request, page_or_fragment(request, template), context)


def chosen(request: UserRequest, title: str, to: str, back: str) -> HttpResponse:
    """Whom it is about, of those whose files one keeps."""
    if not permissions.can_list_restricted(request.user):
        raise Http404
    require(permissions.can_enter_restricted(request.user))
    require_desk(request)
    context = {"title": title, "to": to, "back": back, **choice(request, files_kept_by(request.user))}
    return render(request, "conduct/choose.html", context)


def kept_trainee(request: UserRequest, pk: UUID) -> Trainee:
    """The file about which one enters something."""
    trainee = visible_trainee(request, pk)
    require(permissions.can_enter_about(request.user, trainee))
    require_desk(request)
    return trainee


def shown_entry(
    request: UserRequest, entry: Sanction | Admonition, template: str, context: Mapping[str, Any]
) -> HttpResponse:
    """One of them; the person concerned reads it on the own page."""
    user = request.user
    if people.is_own(user, entry.trainee):
        return own_conduct(request)
    require_desk(request)
    reading.read_entry(entry, actor=user)
    shared = {
        "trainee": entry.trainee,
        "may_change": permissions.can_change_entry(user, entry),
        "may_restore": permissions.can_restore_entry(user, entry),
        "entries": Entry.objects.about(entry).told(),
    }
    return render(request, template, {**shared, **context})


def visible_entry(request: UserRequest, model: type[Kind], pk: UUID) -> Kind:
    """One that somebody sees, or 404."""
    found: Kind = get_object_or_404(model.objects.visible_to(request.user).select_related(*RELATED), pk=pk)
    return found


def changeable_entry(request: UserRequest, model: type[Kind], pk: UUID) -> Kind:
    """For whoever keeps it; opening the page is a reading as well."""
    entry = visible_entry(request, model, pk)
    require(permissions.can_change_entry(request.user, entry))
    require_desk(request)
    reading.read_entry(entry, actor=request.user)
    return entry


def restorable_entry(request: UserRequest, model: type[Kind], pk: UUID) -> Kind:
    """A voided one, for whoever keeps it."""
    entry = visible_entry(request, model, pk)
    require(permissions.can_restore_entry(request.user, entry))
    require_desk(request)
    return entry
