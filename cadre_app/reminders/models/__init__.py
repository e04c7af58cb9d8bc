"""What is due, who was told of it over which channel, and how rules and persons want it."""

from cadre_app.reminders.models.notices import OUTSIDE, Channel, Message, Notice
from cadre_app.reminders.models.occurrences import Occurrence
from cadre_app.reminders.models.preferences import Feed, Mode, Preference
from cadre_app.reminders.models.settings import RuleSetting
from cadre_app.reminders.models.work_items import Recurrence, WorkItem, WorkItemDone

__all__ = ["OUTSIDE", "Channel", "Feed", "Message", "Mode", "Notice", "Occurrence", "Preference", "RuleSetting"]
__all__ += ["Recurrence", "WorkItem", "WorkItemDone"]
