"""Forms of guidance notes: made for a phone, short, with sensible answers given."""

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.files.forms import MultiUploadField
from cadre_app.mentorship.models import Visibility, Way
from cadre_app.mentorship.services.notes import PHOTO

LONGEST_TEXT = 2000
LONGEST_ANSWER = 500
READY_IN = timedelta(days=14)
# Spaces, line ends and characters of no width: a text of nothing else says nothing.
UNSEEN = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]")


WAY_ICONS = {
    Way.FACE.value: "chat-square-text",
    Way.VISIT.value: "house",
    Way.SITE.value: "geo-alt",
    Way.FIELD.value: "signpost-split",
    Way.PHONE.value: "telephone",
    Way.WRITTEN.value: "envelope",
}


class LongTextField(forms.CharField):
    """A text of at most `longest` characters, line ends counted once; a longer one is shown again whole, with its count."""

    def __init__(self, *, longest: int, rows: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
        self.longest = longest

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n") if UNSEEN.sub("", text) else ""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > self.longest:
            raise ValidationError(_too_long(self.longest, len(value)), code="max_length")


def _too_long(most: int, count: int) -> str:
    text = ngettext(
        "No more than %(most)d character; there are %(count)d. Nothing is lost: shorten it and send again.",
        "No more than %(most)d characters; there are %(count)d. Nothing is lost: shorten it and send again.",
        most,
    )
    return text % {"most": most, "count": count}


class NoteForm(ChangeForm):
    """How, what, the next step, who reads it; the day is today until it is said otherwise."""

    way = forms.ChoiceField(label=_("How"), choices=Way.choices, widget=forms.RadioSelect, initial=Way.FACE)
    text = LongTextField(label=pgettext_lazy("guidance note", "What was done"), longest=LONGEST_TEXT, rows=5)
    next_step = forms.CharField(label=_("Next step"), max_length=200, required=False)
    next_step_on = forms.DateField(label=_("By when"), widget=DayInput, required=False)
    photos = MultiUploadField(kind=PHOTO, label=_("Photos"), required=False)
    topic = forms.CharField(label=_("Topic"), max_length=40, required=False)
    happened_on = forms.DateField(label=_("Day"), widget=DayInput)
    visibility = forms.ChoiceField(
        label=_("Who reads it"), choices=Visibility.choices, widget=forms.RadioSelect, initial=Visibility.SHARED
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("next_step", "topic"):
            # What is too long is said, not cut off silently while somebody dictates.
            self.fields[name].widget.attrs.pop("maxlength", None)

    @property
    def standing_notice(self) -> str:
        """What must not be written (demo-texts A6)."""
        return gettext(
            "Be truthful and brief. No state or work secrets, nothing about petitioners, "
            "no private matters that have nothing to do with the work."
        )

    @property
    def ready_steps(self) -> list[str]:
        """Next steps that are chosen with one tap."""
        return [
            gettext("Visit a household alone"),
            gettext("Chair a meeting"),
            gettext("Write a summary"),
        ]

    @property
    def ready_day(self) -> str:
        """The day that such a step gets, until another one is chosen."""
        return (timezone.localdate() + READY_IN).isoformat()

    def ways(self) -> list[tuple[Any, str]]:
        """The choices of `way`, each with its icon."""
        return [(choice, WAY_ICONS[str(choice.data["value"])]) for choice in self["way"]]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("next_step_on") and not data.get("next_step") and "next_step" not in self.errors:
            self.add_error("next_step", gettext("Say what the next step is."))
        return data


class CorrectionForm(NoteForm):
    """The whole note as it should have been, for the same readers."""

    visibility = None  # type: ignore[assignment]


class AnswerForm(ChangeForm):
    """The trainee's answer."""

    answer = LongTextField(label=_("My answer"), longest=LONGEST_ANSWER, rows=3)


class StepForm(ChangeForm):
    """Whether the next step is done."""

    is_done = forms.BooleanField(required=False, widget=forms.HiddenInput)
