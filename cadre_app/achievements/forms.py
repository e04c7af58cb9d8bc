"""Forms of achievements: written, corrected, returned with a comment, commented on, verified."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.achievements.models import Achievement
from cadre_app.achievements.models.achievements import (
    LONGEST_COMMENT,
    LONGEST_DONE,
    LONGEST_RESULT,
    LONGEST_ROLE,
    LONGEST_TITLE,
    LONGEST_WITNESS,
)
from cadre_app.achievements.services.checks import NEEDED
from cadre_app.achievements.services.writing import EVIDENCE
from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.files.forms import MultiUploadField
from cadre_app.files.models import StoredFile

# The name of the button that submits; the other one saves a draft.
SEND = "send"
TOO_LONG = ngettext_lazy(
    "No more than %(limit_value)d character; there are %(show_value)d. Shorten it and send again.",
    "No more than %(limit_value)d characters; there are %(show_value)d. Shorten it and send again.",
    "limit_value",
)


class TextField(forms.CharField):
    """A text of several lines; one that is too long is shown again whole, with its count."""

    def __init__(self, *, longest: int, rows: int, **kwargs: Any) -> None:
        check = MaxLengthValidator(longest, message=TOO_LONG)
        super().__init__(widget=forms.Textarea({"rows": rows}), validators=[check], **kwargs)

    def to_python(self, value: Any) -> Any:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class AchievementForm(ChangeForm):
    """Everything but the evidence is asked for, unless a draft is saved: that needs its title alone."""

    title = forms.CharField(
        label=pgettext_lazy("achievement", "Title"),
        max_length=LONGEST_TITLE,
        help_text=_("What it is in a few words, with its number if there is one."),
    )
    started_on = forms.DateField(label=pgettext_lazy("achievement", "From"), widget=DayInput)
    ended_on = forms.DateField(label=pgettext_lazy("achievement", "Until"), widget=DayInput)
    role = forms.CharField(
        label=pgettext_lazy("achievement", "Own part"),
        max_length=LONGEST_ROLE,
        help_text=_("In charge, lead, member of the group, liaison: what it was in fact."),
    )
    done = TextField(label=pgettext_lazy("achievement", "What was done"), longest=LONGEST_DONE, rows=5)
    result = TextField(
        label=pgettext_lazy("achievement", "Result in numbers"),
        longest=LONGEST_RESULT,
        rows=3,
        help_text=_("Plain numbers that can be checked: area, households, days, money, before and after."),
    )
    witness = forms.CharField(
        label=pgettext_lazy("achievement", "Who can confirm"),
        max_length=LONGEST_WITNESS,
        help_text=_("Name and post, or the office that keeps the papers."),
    )
    evidence = MultiUploadField(kind=EVIDENCE, label=_("Evidence"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and SEND not in self.data:
            for name in NEEDED:
                self.fields[name].required = name == "title"

    @property
    def standing_notice(self) -> str:
        """What must not be written (demo-texts A6)."""
        return gettext(
            "Be truthful and brief. No state or work secrets, nothing about petitioners, "
            "no private matters that have nothing to do with the work."
        )


class CorrectionForm(AchievementForm):
    """The entry as it should have been, with the evidence of the one that it corrects."""

    field_order = (*NEEDED, "kept", "evidence")
    kept = forms.MultipleChoiceField(
        label=_("Evidence to be taken over"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, former: Sequence[StoredFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].choices = [(str(file.pk), file.name) for file in former]  # type: ignore[attr-defined]
        self.fields["kept"].initial = [str(file.pk) for file in former]
        if not former:
            del self.fields["kept"]

    def clean_kept(self) -> list[UUID]:
        return [UUID(key) for key in self.cleaned_data["kept"]]


class ReturnForm(ChangeForm):
    """退回补充."""

    why = "comment"
    comment = TextField(
        label=pgettext_lazy("achievement", "What is to be completed"),
        longest=LONGEST_COMMENT,
        rows=3,
        help_text=_("The person concerned reads it."),
    )


class CommentForm(ChangeForm):
    """A mentor's comment."""

    text = TextField(label=pgettext_lazy("achievement", "My comment"), longest=LONGEST_COMMENT, rows=3)


class VerifyManyForm(ChangeForm):
    """One confirmation for all that were picked."""

    def __init__(self, *args: Any, picks: Sequence[tuple[Achievement, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picks = picks

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        data["picks"] = self.picks
        return data


def read_pick(text: str, sign: str = "@") -> tuple[UUID, int | None] | None:
    """What a box of the list names: key and, after the sign, the version that was looked at; None for anything else."""
    key, _sign, version = text.partition(sign)
    try:
        return UUID(key), int(version) if version.isascii() and version.isdecimal() else None
    except ValueError:
        return None
