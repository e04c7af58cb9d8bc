"""The tab of training in the growth file; the modules beside this one give its entries."""

from django.utils.translation import pgettext_lazy

from cadre_app.core.growth import GrowthKind, growth_kinds

KIND = "training"


def announce() -> None:
    """Called once, when the app is ready, before the sources."""
    growth_kinds.register(KIND, GrowthKind(pgettext_lazy("growth file", "Training"), "mortarboard", 20, tone="q"))
