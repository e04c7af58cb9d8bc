"""The badge of a stage, in templates and as a cell of a table."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cadre_app.stages.labels import stage_label
from cadre_app.stages.rules import StageKey

register = template.Library()

BADGES = {
    StageKey.NOT_ARRIVED: "badge badge-line",
    StageKey.CAMP: "badge badge-q",
    StageKey.ADVANCED: "badge badge-l",
    StageKey.LEFT: "badge",
}


@register.simple_tag
def stage_badge(stage: str, grade: int | None = None) -> SafeString:
    """The short name of a stage in its colour; raises ValueError for an unknown stage."""
    return format_html('<span class="{}">{}</span>', BADGES[StageKey(stage)], stage_label(stage, grade))
