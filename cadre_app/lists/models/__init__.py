"""What people keep of lists: conditions under a name, and what is reported of them each month."""

from cadre_app.lists.models.filters import SavedFilter
from cadre_app.lists.models.subscriptions import Report, Subject, Subscription

__all__ = ["Report", "SavedFilter", "Subject", "Subscription"]
