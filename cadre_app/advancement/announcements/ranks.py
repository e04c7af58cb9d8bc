"""What the rank timeline announces to the registries."""

from django.utils.translation import gettext_lazy as _

from cadre_app.advancement.growth import ranks as growth
from cadre_app.advancement.lists import ranks as lists
from cadre_app.advancement.permissions import ranks as permissions
from cadre_app.core.registries import JobKind, job_kinds, verbs


def announce() -> None:
    """Called once, when the app is ready."""
    growth.announce()
    verbs.register("advancement.rank.read", _("Rank timeline of a person with periods of effect opened"))
    job_kinds.register(
        lists.EXPORT,
        JobKind(label=_("Rank timeline"), may_run=permissions.can_list_ranks, table=lists.exported_ranks),
    )
