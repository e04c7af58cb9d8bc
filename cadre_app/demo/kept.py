"""Filters that the demo office keeps of its lists, and what is reported to it each month."""

from cadre_app.accounts.models import User
from cadre_app.lists.services import saved_filters, subscriptions

FILTERS = (
    ("people:trainee_list", "在村任职", "term=running"),
    ("people:trainee_list", "村任期将满", "case=term&sort=term_end"),
    ("care:talk_list", "未按期开展", "case=late"),
)
FIRST, TENTH = 1, 10


def load_kept(users: dict[str, User]) -> None:
    """Three filters of staff, the first of them reported each month; the figures reported to the leader."""
    staff = users["staff"]
    kept = [saved_filters.save_filter(page=page, name=name, query=query, actor=staff) for page, name, query in FILTERS]
    subscriptions.subscribe_list(kept[0], day=FIRST, actor=staff)
    subscriptions.subscribe_figures(unit=None, day=TENTH, actor=users["leader"])
