"""Forms of symposiums: the plan, the answer, attendance, minutes and remarks."""

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Layout
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.care.fields import TOO_LONG, ReadersField, RestrictedField
from cadre_app.care.forms.problems import ProblemForm
from cadre_app.care.forms.talks import STANDING_NOTICE, TimeInput, texts_layout
from cadre_app.care.models import Answer, Presence, SymposiumKind
from cadre_app.care.models.symposiums import LONGEST_AGENDA, LONGEST_MINUTES
from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.org.forms import UnitChoiceField
from cadre_app.people.models import Trainee

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.care.models import Invitation, Symposium
    from cadre_app.org.models import Unit

NO_DRAFT = _("It is not kept as a draft: save before you leave the page.")
TITLE = "{unit}引进生、选调生{half}座谈会"
HALVES = {SymposiumKind.FIRST_HALF: "上半年", SymposiumKind.SECOND_HALF: "下半年"}
AGENDA = "学习传达有关精神\n到村任职情况交流（每人不超过5分钟）\n意见建议\n部领导讲话"


class LinesField(forms.CharField):
    """A longer text that stays whole when it is too long."""

    def __init__(self, *, longest: int, rows: int, **kwargs: Any) -> None:
        check = MaxLengthValidator(longest, message=TOO_LONG)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), validators=[check], **kwargs)

    def to_python(self, value: Any) -> Any:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the people on the list of the symposium."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Trainee.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person.name} {obj.home_unit.name}"


class SymposiumForm(ChangeForm):
    """Title, time, place, agenda."""

    title = forms.CharField(label=pgettext_lazy("symposium", "Title"), max_length=60)
    kind = forms.ChoiceField(label=pgettext_lazy("symposium", "Kind"), choices=SymposiumKind.choices)
    unit = UnitChoiceField(
        label=pgettext_lazy("symposium", "Held by"),
        help_text=_("People of this unit and of those below it can be put on the list."),
    )
    day = forms.DateField(label=pgettext_lazy("symposium", "Day"), widget=DayInput)
    starts_at = forms.TimeField(label=pgettext_lazy("symposium", "From"), widget=TimeInput)
    ends_at = forms.TimeField(label=pgettext_lazy("symposium", "To"), widget=TimeInput)
    place = forms.CharField(label=_("Place"), max_length=60)
    chair = forms.CharField(label=_("Chaired by"), max_length=40)
    agenda = LinesField(
        label=_("Agenda"), longest=LONGEST_AGENDA, rows=5, help_text=_("One item in a line, in their order.")
    )
    guests = LinesField(
        label=_("Other guests"), longest=400, rows=3, required=False, help_text=_("One in a line, with unit and post.")
    )

    def __init__(self, *args: Any, units: "QuerySet[Unit]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts is not None and ends is not None and ends <= starts:
            self.add_error("ends_at", forms.ValidationError(gettext("It ends after it begins."), code="too_early"))
        return cleaned


class AnswerForm(ChangeForm):
    """参加 or 请假 with the reason."""

    answer = forms.ChoiceField(
        label=pgettext_lazy("invitation", "Your answer"), choices=Answer.choices, widget=forms.RadioSelect
    )
    answer_reason = forms.CharField(
        label=_("Reason for the leave"), max_length=200, required=False, help_text=_("Only where you ask for leave.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("answer") == Answer.EXCUSED and not cleaned.get("answer_reason"):
            text = gettext("Say why you ask for leave.")
            self.add_error("answer_reason", forms.ValidationError(text, code="no_reason"))
        return cleaned


class AttendanceForm(ChangeForm):
    """到会、请假、缺席 of everybody on the list at once."""

    def __init__(self, *args: Any, instance: "Symposium", invited: "list[Invitation]", **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.invited = invited
        for one in invited:
            preset = Presence.EXCUSED if one.answer == Answer.EXCUSED else Presence.PRESENT
            self.fields[f"presence_{one.pk.hex}"] = forms.ChoiceField(
                label=pgettext("symposium", "Attendance of %(name)s") % {"name": one.trainee.person.name},
                choices=Presence.choices,
                widget=forms.RadioSelect,
                initial=one.presence or preset,
            )

    @property
    def rows(self) -> "list[tuple[Invitation, Any]]":
        """Everybody with the field."""
        return [(one, self[f"presence_{one.pk.hex}"]) for one in self.invited]

    def clean(self) -> dict[str, Any]:
        """What the service takes: `presence` by key of the invitation."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        presence = {one.pk: cleaned.pop(f"presence_{one.pk.hex}", "") for one in self.invited}
        return cleaned | {"presence": presence}


class MinutesForm(ChangeForm):
    """会议纪要, which everybody on the list reads."""

    standing_notice = STANDING_NOTICE
    minutes = LinesField(
        label=_("Minutes"),
        longest=LONGEST_MINUTES,
        rows=10,
        help_text=_("Everybody on the list reads them. Write nothing here that is restricted."),
    )


class RemarkForm(ChangeForm):
    """One remark: by somebody who was there, by a guest, or without a name."""

    standing_notice = STANDING_NOTICE
    trainee = PersonField(label=_("Speaker"), required=False, empty_label=_("Nobody on the list"))
    speaker = forms.CharField(label=_("Speaker (guest)"), max_length=40, required=False)
    is_anonymous = forms.BooleanField(
        label=_("Without a name"), required=False, help_text=_("Nobody's name is kept with the remark.")
    )
    text = LinesField(
        label=pgettext_lazy("symposium", "Remark"), longest=500, rows=3, help_text=_("It stands in the shared minutes.")
    )

    def __init__(self, *args: Any, people: "QuerySet[Trainee]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trainee"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        named = [name for name in ("trainee", "speaker", "is_anonymous") if cleaned.get(name)]
        if not self.errors and len(named) != 1:
            text = gettext("Name one speaker, or mark the remark as without a name.")
            self.add_error(named[-1] if named else "trainee", forms.ValidationError(text, code="speaker"))
        return cleaned


class SymposiumProblemForm(ProblemForm):
    """What was raised at a symposium, and by whom; without a name it comes from the room."""

    trainee = PersonField(label=_("Raised by"), required=False, empty_label=_("Without a name"))
    field_order = ("trainee", "text", "handling_unit", "handler", "due_on")

    def __init__(self, *args: Any, people: "QuerySet[Trainee]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trainee"].queryset = people  # type: ignore[attr-defined]


class NoteForm(ChangeForm):
    """限定知悉 written anew by its author; the present text is never sent back, what is typed is never a draft."""

    standing_notice = STANDING_NOTICE
    note = RestrictedField(label=_("Text for the department (restricted)"))
    restricted = forms.CharField(widget=forms.HiddenInput, required=False, initial="note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = True
        box = texts_layout(offers_texts=True, names=("note",), hint=NO_DRAFT)
        self.helper.layout = Layout("submission", "version", "restricted", *box)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned.pop("restricted", None)
        return cleaned


class NoteReadersForm(ChangeForm):
    """Who else may read it."""

    readers = ReadersField(
        label=_("Who else may read the restricted text"),
        required=False,
        help_text=_("You can always read it yourself."),
    )

    def __init__(self, *args: Any, workers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["readers"].queryset = workers  # type: ignore[attr-defined]
