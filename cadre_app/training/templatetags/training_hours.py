"""What pages of training hours ask for in their rows."""

from django import template

from cadre_app.training.hours_wording import outside_mark, source_title
from cadre_app.training.lists.hours_columns import entry_url
from cadre_app.training.models import HoursEntry, OutsideCourse

register = template.Library()


@register.filter
def earned_with(entry: HoursEntry) -> str:
    """The title of what the hours come from."""
    return source_title(entry)


@register.simple_tag
def entry_link(entry: HoursEntry) -> str:
    """The page of what the hours come from."""
    return entry_url(entry)


@register.simple_tag
def outside_state(course: OutsideCourse) -> tuple[str, str]:
    """Mark and word of an outside course."""
    return outside_mark(course)
