"""常用筛选: conditions of a list kept under a name of one's own; one of them is what the navigation opens the list with."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.accounts.models import User
from cadre_app.history import services as history
from cadre_app.lists.models import SavedFilter, Subscription
from cadre_app.lists.services.subscriptions import compare_anew
from cadre_app.people.services.checks import clean, refusal

if TYPE_CHECKING:
    from cadre_app.core.models import BaseModel
    from cadre_app.lists.models.filters import SavedFilterQuerySet

MOST = 20


@transaction.atomic
def save_filter(
    *, page: str, name: str, query: str, is_default: bool = False, replace: bool = False, actor: User
) -> SavedFilter:
    """Keep the URL parameters `query` of the list `page`; with `replace` in place of those of the filter of this name.

    Raises ValidationError by field; twenty a list at most.
    """
    User.objects.lock(actor.pk)
    own = SavedFilter.objects.visible_to(actor).standing().filter(page=page)
    present = own.select_for_update().filter(name=name).first() if replace else None
    if present is None:
        _require_room(own)
    if not query:
        raise ValidationError(_("Nothing is narrowed or ordered yet. Choose conditions first."), code="empty")
    if len(query) > (SavedFilter._meta.get_field("query").max_length or 0):
        raise ValidationError(_("These conditions are too long to be kept."), code="too_long")
    if is_default and not (present is not None and present.is_default):
        _no_other_default(actor, page)
    saved = SavedFilter(owner=actor, page=page, name=name) if present is None else present
    verb = "lists.savedfilter.saved" if present is None else "lists.savedfilter.changed"
    with history.change(saved, actor=actor, verb=verb):
        saved.query, saved.is_default = query, is_default or saved.is_default
        clean(saved)
        saved.save()
    if present is not None:
        compare_anew(saved)
    _tell_navigation(actor)
    return saved


@transaction.atomic
def change_filter(
    saved: SavedFilter, *, name: str, is_default: bool, version: int | None = None, actor: User
) -> SavedFilter:
    """Another name; the default of its list or no longer. Raises Stale, or ValidationError by field."""
    User.objects.lock(actor.pk)
    saved = SavedFilter.objects.lock(saved.pk, version)
    if is_default and not saved.is_default:
        _no_other_default(actor, saved.page)
    with history.change(saved, actor=actor, verb="lists.savedfilter.changed"):
        saved.name, saved.is_default = name, is_default
        clean(saved)
        saved.save(update_fields=["name", "is_default", "updated_at"])
    _tell_navigation(actor)
    return saved


@transaction.atomic
def remove_filter(saved: SavedFilter, *, version: int | None = None, actor: User) -> "BaseModel":
    """Take a filter out of its list, with the report of it; it can be restored, the report asked for anew. Raises Stale."""
    User.objects.lock(actor.pk)
    for subscription in Subscription.objects.standing().filter(saved=saved):
        history.void(subscription, actor=actor, reason="")
    row = history.void(saved, actor=actor, reason="", version=version)
    _tell_navigation(actor)
    return row


@transaction.atomic
def restore_filter(saved: SavedFilter, *, version: int | None = None, actor: User) -> "BaseModel":
    """Bring a filter back. Raises Stale, or ValidationError when its name is used again or there are twenty."""
    User.objects.lock(actor.pk)
    _require_room(SavedFilter.objects.visible_to(actor).standing().filter(page=saved.page))
    if saved.is_default:
        _no_other_default(actor, saved.page)
    try:
        row = history.restore(saved, actor=actor, version=version)
    except ValidationError as error:
        raise refusal("name", error.messages[0], code="name") from error
    _tell_navigation(actor)
    return row


def _require_room(own: "SavedFilterQuerySet") -> None:
    """The account is locked, so that the limit holds."""
    if own.count() >= MOST:
        message = _("You have %(most)s saved filters. Remove one first.") % {"most": MOST}
        raise ValidationError(message, code="too_many")


def _no_other_default(actor: User, page: str) -> None:
    """A new default takes the place of the one before."""
    for other in SavedFilter.objects.standing().filter(owner=actor, page=page, is_default=True):
        with history.change(other, actor=actor, verb="lists.savedfilter.changed"):
            other.is_default = False
            other.save(update_fields=["is_default", "updated_at"])


def _tell_navigation(actor: User) -> None:
    """The account carries what its navigation opens lists with, so that no page has to ask for it; no change of its own."""
    defaults = SavedFilter.objects.standing().filter(owner=actor, is_default=True)
    User.objects.filter(pk=actor.pk).update(list_defaults=dict(defaults.values_list("page", "query")))
