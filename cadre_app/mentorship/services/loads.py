"""带教人数 How many people one mentor guides, and the limit (setting mentorship.max_load)."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadre_app.mentorship.models import Pairing
from cadre_app.mentorship.policies import MAX_LOAD
from cadre_app.people.models import Person
from cadre_app.people.services.rewriting import lock_keys


def loads_of(mentors: Iterable[UUID]) -> dict[UUID, int]:
    """Running pairings of each of these persons, also those that begin later; one query."""
    running = Pairing.objects.running().filter(mentor__in=set(mentors))
    return dict(running.order_by().values_list("mentor").annotate(count=Count("pk")))


def lock_mentors(mentors: Iterable[UUID]) -> None:
    """Let one change after the other count what these persons have: asked after the trainees are locked, before counting."""
    lock_keys(Person, mentors)


def full_text(name: str, load: int, limit: int) -> str:
    """Who guides how many already, and how many are allowed."""
    text = ngettext(
        "%(mentor)s already guides %(load)d person; %(limit)d at most.",
        "%(mentor)s already guides %(load)d people; %(limit)d at most.",
        load,
    )
    return text % {"mentor": name, "load": load, "limit": limit}


def beyond_text(name: str, load: int, limit: int) -> str:
    """With how many somebody would end up, where several are entered at once."""
    text = _("%(mentor)s would guide %(load)d people; %(limit)d at most. Choose somebody else for some of them.")
    return text % {"mentor": name, "load": load, "limit": limit}


def load_problem(name: str, load: int, more: int) -> str:
    """What stands against `more` mentees beside the `load` there is; empty where nothing does."""
    limit = MAX_LOAD.now()
    if load + more <= limit:
        return ""
    return full_text(name, load, limit) if load >= limit else beyond_text(name, load + more, limit)
