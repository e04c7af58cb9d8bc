"""常用筛选: conditions of the roster kept under a name of one's own."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.accounts.models import User
from cadre_app.history import services as history
from cadre_app.people.models import SavedFilter
from cadre_app.people.services.checks import clean, refusal

if TYPE_CHECKING:
    from cadre_app.core.models import BaseModel

MOST = 20


@transaction.atomic
def save_filter(*, name: str, query: str, actor: User) -> SavedFilter:
    """Keep the URL parameters `query` under `name`. Raises ValidationError by field; twenty standing ones at most."""
    _lock_own(actor)
    if not query:
        raise ValidationError(_("Nothing is narrowed or ordered yet. Choose conditions first."), code="empty")
    if len(query) > _longest():
        raise ValidationError(_("These conditions are too long to be kept."), code="too_long")
    saved = SavedFilter(owner=actor, name=name, query=query)
    with history.change(saved, actor=actor, verb="people.savedfilter.saved"):
        clean(saved)
        saved.save()
    return saved


@transaction.atomic
def remove_filter(saved: SavedFilter, *, version: int | None = None, actor: User) -> "BaseModel":
    """Take a filter out of the list; it can be restored. Raises Stale."""
    return history.void(saved, actor=actor, reason="", version=version)


@transaction.atomic
def restore_filter(saved: SavedFilter, *, version: int | None = None, actor: User) -> "BaseModel":
    """Bring a filter back. Raises Stale, or ValidationError when its name is used again or there are twenty."""
    _lock_own(actor)
    try:
        return history.restore(saved, actor=actor, version=version)
    except ValidationError as error:
        raise refusal("name", error.messages[0], code="name") from error


def _lock_own(actor: User) -> None:
    """One after the other for one person, so that the limit holds."""
    User.objects.lock(actor.pk)
    if SavedFilter.objects.visible_to(actor).standing().count() >= MOST:
        message = _("You have %(most)s saved filters. Remove one first.") % {"most": MOST}
        raise ValidationError(message, code="too_many")


def _longest() -> int:
    return SavedFilter._meta.get_field("query").max_length or 0
