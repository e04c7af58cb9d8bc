"""The form beside the demand board: when, by whom and where a session is held, and who is on it."""

from collections.abc import Collection
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.policy.workdays import add_workdays
from cadre_app.training.clashing import doubled_in
from cadre_app.training.forms.clashes import ClashForm, PlannedDay
from cadre_app.training.lists.picks import keys_in, versions_in
from cadre_app.training.models import Teacher
from cadre_app.training.models.sessions import MOST_PLACES
from cadre_app.training.session_words import moment

if TYPE_CHECKING:
    from django.db.models import QuerySet

    TeacherChoice = forms.ModelChoiceField[Teacher]
else:
    TeacherChoice = forms.ModelChoiceField

MORE_DAYS = ("second_day", "third_day", "fourth_day")
TWO_WEEKS = timedelta(days=14)
AFTERNOON = time(14, 0), time(17, 0)


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class TeacherField(TeacherChoice):
    """Names each with the unit, and how many sessions of the kind they gave in the last year."""

    taught: dict[UUID, int] = {}

    def label_from_instance(self, teacher: Teacher) -> str:
        count = self.taught.get(teacher.pk, 0)
        if not count:
            return gettext("%(name)s, %(unit)s") % {"name": teacher.name, "unit": teacher.affiliation}
        text = gettext("%(name)s, %(unit)s (%(count)s of this kind in a year)")
        return text % {"name": teacher.name, "unit": teacher.affiliation, "count": count}


class OpeningForm(ClashForm):
    """Days, time, teacher, place, number of places; `picks` are the orders picked, `known` those whose clash was shown."""

    held_on = PlannedDay(label=pgettext_lazy("class", "Day"))
    second_day = PlannedDay(label=_("Second day"), required=False)
    third_day = PlannedDay(label=_("Third day"), required=False)
    fourth_day = PlannedDay(label=_("Fourth day"), required=False)
    starts_at = forms.TimeField(label=pgettext_lazy("class", "From"), widget=TimeInput)
    ends_at = forms.TimeField(label=pgettext_lazy("class", "Until"), widget=TimeInput)
    teacher = TeacherField(Teacher.objects.none(), label=_("Teacher"), required=False, empty_label=_("Not fixed yet"))
    place = forms.CharField(label=_("Place"), max_length=80, required=False)
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=MOST_PLACES)
    takes_sign_ups = forms.BooleanField(label=_("Others can sign up for free places"), required=False)
    note = forms.CharField(label=_("To be brought or prepared"), max_length=200, required=False)

    def __init__(
        self,
        *args: Any,
        offered: Collection[UUID],
        teachers: "QuerySet[Teacher]",
        taught: dict[UUID, int] | None = None,
        needs_teacher: bool = False,
        **kwargs: Any,
    ) -> None:
        """`offered`: the orders that this person may plan for, of whatever state. `needs_teacher`: one of `teachers`."""
        super().__init__(*args, **kwargs)
        self.offered = offered
        field = self.fields["teacher"]
        if isinstance(field, TeacherField):
            field.taught = taught or {}
            field.required, field.empty_label = needs_teacher, None if needs_teacher else field.empty_label
            field.queryset = teachers

    def clean(self) -> dict[str, Any]:
        """`days` of the session and `picks` for the service."""
        found = dict(self.cleaned_data)
        days = [found.get("held_on"), *(found.pop(name, None) for name in MORE_DAYS)]
        found.pop("held_on", None)
        found["days"] = [day for day in days if day is not None]
        doubled = next((name for name, day in zip(MORE_DAYS, days[1:], strict=True) if day and days.count(day) > 1), "")
        if doubled:
            self.add_error(doubled, gettext("This day stands above already."))
        starts_at, ends_at = found.get("starts_at"), found.get("ends_at")
        if starts_at is not None and ends_at is not None and ends_at <= starts_at:
            self.add_error("ends_at", gettext("The class ends before it begins."))
        if days[0] is not None and min(found["days"]) < timezone.localdate():
            self.add_error("held_on", ValidationError(gettext("This day has passed already."), code="past"))
        found["picks"] = self.picks
        self.cleaned_data = found
        return super().clean()

    def clashes_found(self, cleaned: dict[str, Any]) -> list[str]:
        """Teacher and room; the people stand in the list."""
        spans = [(moment(day, cleaned["starts_at"]), moment(day, cleaned["ends_at"])) for day in cleaned["days"]]
        return doubled_in([(span, cleaned["place"]) for span in spans], teacher=cleaned["teacher"])

    @property
    def picks(self) -> list[tuple[UUID, int]]:
        """The orders picked, with the versions that were looked at."""
        return [(key, version) for key, version in versions_in(self._posted("pick")) if key in self.offered]

    @property
    def known(self) -> set[UUID]:
        """The orders whose clash stood on the page that was sent."""
        return keys_in(self._posted("known"))

    @property
    def times(self) -> list[tuple[date, time, time]]:
        """When the classes would be, as far as it is typed rightly; for the list of who is free."""
        if not self.is_bound:
            asked = self.initial
            return [(asked["held_on"], asked["starts_at"], asked["ends_at"])]
        found = self.cleaned_data if self.is_valid() or hasattr(self, "cleaned_data") else {}
        days, hours = found.get("days") or [], (found.get("starts_at"), found.get("ends_at"))
        if hours[0] is None or hours[1] is None or hours[1] <= hours[0]:
            return []
        return [(day, hours[0], hours[1]) for day in days]

    def _posted(self, name: str) -> list[str]:
        """Every value of this name in what was sent."""
        sent: Any = self.data
        return sent.getlist(name) if self.is_bound else []


def initial_for(people: int, group_size: int, place: str, teacher: Teacher | None) -> dict[str, Any]:
    """What the form proposes: an afternoon in two weeks, as many places as people, where it was held last."""
    return {
        "held_on": add_workdays(timezone.localdate() + TWO_WEEKS, 0),
        "starts_at": AFTERNOON[0],
        "ends_at": AFTERNOON[1],
        "capacity": max(people, group_size),
        "place": place,
        "teacher": teacher.pk if teacher is not None else None,
    }
