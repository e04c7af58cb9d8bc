"""Forms of sessions and their classes."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.forms import ChangeForm
from cadre_app.files.forms import MultiUploadField
from cadre_app.people.forms.fields import CHOOSE
from cadre_app.policy.workdays import OutOfCalendar, add_workdays
from cadre_app.training.clashing import clashes_on_roster, doubled_in
from cadre_app.training.forms.clashes import ClashForm, PlannedDay
from cadre_app.training.materials import MATERIAL
from cadre_app.training.models import Camp, Course, Mode, Programme, SessionState, Teacher
from cadre_app.training.models.choices import LEAST_HOURS, MOST_HOURS
from cadre_app.training.models.sessions import MOST_PLACES
from cadre_app.training.policies import CODE_ON
from cadre_app.training.services.meetings import MOST_CLASSES, NewMeeting
from cadre_app.training.session_words import GRADE_NAMES, moment, span_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.training.models import ClassMeeting, CourseSession

GRADES = tuple(GRADE_NAMES.items())
DAILY, WORKDAYS, WEEKLY = "daily", "workdays", "weekly"
RHYTHMS = (
    (DAILY, _("Day after day")),
    (WORKDAYS, _("On workdays")),
    (WEEKLY, _("Every week")),
)


class TimeInput(forms.TimeInput):
    """The browser's own clock; it reads and writes 09:30 whatever the page's language."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class HoursField(forms.DecimalField):
    """Training hours, in halves and tenths."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=5, decimal_places=1, min_value=LEAST_HOURS, max_value=MOST_HOURS, **kwargs)


class CourseField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A course that is offered."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Course.objects.offered(), empty_label=CHOOSE, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} · {obj.get_kind_display()}"


class TeacherField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody who gives courses now."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Teacher.objects.active(), required=False, empty_label=_("Not decided yet"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.affiliation}"


class SessionForm(ClashForm):
    """What is not a matter of single classes; the teacher who stands is kept although no longer active. Another teacher or
    room that is taken at the time of a class is named first.
    """

    programme = forms.ChoiceField(label=_("Programme"), choices=Programme.choices)
    camp = forms.ModelChoiceField(
        Camp.objects.standing(), label=pgettext_lazy("session", "Camp"), required=False, empty_label=_("None")
    )
    grades = forms.TypedMultipleChoiceField(
        label=_("For grades"), choices=GRADES, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    teacher = TeacherField(label=pgettext_lazy("session", "Teacher"))
    place = forms.CharField(label=_("Place"), max_length=80, required=False)
    mode = forms.ChoiceField(label=_("Classroom or online"), choices=Mode.choices)
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=MOST_PLACES)
    takes_sign_ups = forms.BooleanField(label=_("People sign up themselves"), required=False)
    uses_code = forms.BooleanField(label=_("Attendance also by code on the screen"), required=False)
    note = forms.CharField(label=_("To be brought or prepared"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not CODE_ON.now():
            del self.fields["uses_code"]
        standing: Any = self.instance
        if standing is not None and standing.teacher_id is not None:
            kept = Teacher.objects.filter(pk=standing.teacher_id)
            self.fields["teacher"].queryset = Teacher.objects.active() | kept  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("programme") == Programme.CAMP and cleaned.get("camp") is None:
            self.add_error("camp", ValidationError(_("Choose the camp of this session."), code="no_camp"))
        return cleaned

    def clashes_found(self, cleaned: dict[str, Any]) -> list[str]:
        session: Any = self.instance
        classes = list(session.meetings.standing())
        is_moved = cleaned["mode"] != Mode.ONLINE and cleaned["place"] != session.place
        planned = [
            (span, "" if one.place or not is_moved else cleaned["place"])
            for one, span in zip(classes, span_of(classes), strict=True)
        ]
        teacher = cleaned["teacher"] if cleaned["teacher"] != session.teacher else None
        return doubled_in(planned, teacher=teacher, but=session)


class NewSessionForm(SessionForm):
    """With its course, and its classes from the first day on."""

    course = CourseField(label=_("Course"))
    held_on = PlannedDay(label=_("First day"))
    starts_at = forms.TimeField(label=pgettext_lazy("class", "From"), widget=TimeInput)
    ends_at = forms.TimeField(label=pgettext_lazy("class", "Until"), widget=TimeInput)
    hours = HoursField(label=_("Training hours of each class"))
    classes = forms.IntegerField(
        label=_("Number of classes"),
        min_value=1,
        max_value=MOST_CLASSES,
        initial=1,
        help_text=_("Each can be moved, changed or taken out afterwards."),
    )
    rhythm = forms.ChoiceField(label=_("Further classes"), choices=RHYTHMS, initial=DAILY)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            (SessionState.OPEN, _("Open: those on the roster are told")),
            (SessionState.PLANNED, _("Planned: nobody is told yet")),
        ],
    )
    field_order = (
        "course", "held_on", "starts_at", "ends_at", "hours", "classes", "rhythm", "teacher", "place", "mode",
        "capacity", "programme", "camp", "grades", "takes_sign_ups", "uses_code", "note", "state",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        beside = {"starts_at": "ends_at", "hours": "classes", "rhythm": "teacher", "place": "mode", "programme": "camp"}
        names = [name for name in self.fields if name not in beside.values()]
        rows = (Div(name, beside[name], css_class="two") if name in beside else name for name in names)
        self.helper.layout = Layout(*rows)

    def clean(self) -> dict[str, Any]:
        """The classes, in place of the fields they are made of."""
        self._put_classes(self.cleaned_data)
        return super().clean()

    def clashes_found(self, cleaned: dict[str, Any]) -> list[str]:
        room = "" if cleaned["mode"] == Mode.ONLINE else cleaned["place"]
        planned = [(span, room) for span in span_of(cleaned["meetings"])]
        return doubled_in(planned, teacher=cleaned["teacher"])

    def _put_classes(self, cleaned: dict[str, Any]) -> None:
        names = ("held_on", "starts_at", "ends_at", "hours", "classes", "rhythm")
        given = {name: cleaned.pop(name, None) for name in names}
        if any(value is None for value in given.values()):
            return
        if given["ends_at"] <= given["starts_at"]:
            self.add_error("ends_at", ValidationError(_("The class ends before it begins."), code="ends_at"))
            return
        try:
            days = list(_days(given["held_on"], given["classes"], given["rhythm"]))
        except (OutOfCalendar, OverflowError):
            self.add_error("held_on", ValidationError(_("This day lies more than two years away."), code="far_away"))
            return
        cleaned["meetings"] = [
            NewMeeting(held_on=day, starts_at=given["starts_at"], ends_at=given["ends_at"], hours=given["hours"])
            for day in days
        ]


class MeetingForm(ClashForm):
    """One class; who has a place and is taken at that time is named first, and so are teacher and room."""

    held_on = PlannedDay(label=_("Day"))
    starts_at = forms.TimeField(label=pgettext_lazy("class", "From"), widget=TimeInput)
    ends_at = forms.TimeField(label=pgettext_lazy("class", "Until"), widget=TimeInput)
    hours = HoursField(label=_("Training hours"))
    place = forms.CharField(
        label=_("Place"), max_length=80, required=False, help_text=_("Empty: the place of the session.")
    )

    def __init__(self, *args: Any, session: "CourseSession", user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session, self.user = session, user

    def clashes_found(self, cleaned: dict[str, Any]) -> list[str]:
        span = moment(cleaned["held_on"], cleaned["starts_at"]), moment(cleaned["held_on"], cleaned["ends_at"])
        standing: ClassMeeting | Any = self.instance
        session, is_moved = self.session, standing is None or span != _span_of(standing)
        is_online = session.mode == Mode.ONLINE
        room = "" if is_online else cleaned["place"] or session.place
        if not is_moved and room == (standing.place or session.place):
            return []
        doubled = doubled_in([(span, room)], teacher=session.teacher if is_moved else None, but=session)
        return [*clashes_on_roster([span], session, self.user), *doubled] if is_moved else doubled


class MaterialForm(ChangeForm):
    """Files for those on the roster."""

    uploads = MultiUploadField(kind=MATERIAL, label=_("Materials"))


def _days(first: date, count: int, rhythm: str) -> Iterable[date]:
    if rhythm == WORKDAYS:
        day = first
        for _number in range(count):
            yield day
            day = add_workdays(day, 1)
        return
    step = timedelta(days=7 if rhythm == WEEKLY else 1)
    yield from (first + step * number for number in range(count))


def _span_of(meeting: Any) -> tuple[Any, Any]:
    return moment(meeting.held_on, meeting.starts_at), moment(meeting.held_on, meeting.ends_at)
