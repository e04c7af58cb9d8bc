"""The tabs of postings, of leave and of field research in the growth file; the modules beside this one give their entries."""

from django.utils.translation import pgettext_lazy

from cadre_app.core.growth import GrowthKind, growth_kinds

POSTING, LEAVE, RESEARCH = "posting", "leave", "research"


def announce() -> None:
    """Called once, when the app is ready, before the sources."""
    growth_kinds.register(POSTING, GrowthKind(pgettext_lazy("growth file", "Postings"), "signpost-split", 30, tone="q"))
    growth_kinds.register(
        RESEARCH, GrowthKind(pgettext_lazy("growth file", "Field research"), "journal-text", 40, tone="q")
    )
    growth_kinds.register(LEAVE, GrowthKind(pgettext_lazy("growth file", "Leave"), "calendar3", 55))
