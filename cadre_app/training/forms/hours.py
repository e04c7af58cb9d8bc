"""Forms of outside courses."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.files.forms import MultiUploadField
from cadre_app.training.models import Mode
from cadre_app.training.models.choices import LEAST_HOURS, MOST_HOURS, CourseFormat
from cadre_app.training.services.outside import PROOF

BOUNDS = _("Training hours of a course are 0.5 to 200.")


class HoursField(forms.DecimalField):
    """Hours with one decimal, shown without one where it is zero."""

    def prepare_value(self, value: Any) -> Any:
        is_whole = isinstance(value, Decimal) and value == value.to_integral_value()
        return super().prepare_value(int(value) if is_whole else value)


def hours_field(**more: Any) -> HoursField:
    """Hours of a course, within what can be."""
    return HoursField(
        label=_("Training hours"),
        min_value=LEAST_HOURS,
        max_value=MOST_HOURS,
        decimal_places=1,
        error_messages={"min_value": BOUNDS, "max_value": BOUNDS},
        **more,
    )


def induction_field() -> forms.BooleanField:
    """Whether a course is induction training."""
    return forms.BooleanField(
        label=_("This is induction training"),
        required=False,
        help_text=_("Once verified it counts as the induction training that comes before the first grading."),
    )


class OutsideForm(ChangeForm):
    """What was attended, when, how long; a proof is asked for unless staff enter it or one is kept already."""

    title = forms.CharField(label=_("Course"), max_length=80)
    organiser = forms.CharField(
        label=_("Organiser"), max_length=60, help_text=_("Who gave the course, as the certificate names it.")
    )
    started_on = forms.DateField(label=_("First day"), widget=DayInput)
    ended_on = forms.DateField(label=_("Last day"), widget=DayInput)
    hours = hours_field()
    mode = forms.ChoiceField(
        label=_("Classroom or online"), choices=Mode.choices, widget=forms.RadioSelect, initial=Mode.CLASSROOM
    )
    course_format = forms.ChoiceField(
        label=_("Form of the course"), choices=[("", "—"), *CourseFormat.choices], required=False
    )
    certificate_number = forms.CharField(label=_("Certificate number"), max_length=60, required=False)
    is_induction = induction_field()
    proofs = MultiUploadField(kind=PROOF, label=_("Proof (certificate or notice)"))

    def __init__(self, *args: Any, needs_proof: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proofs"].required = needs_proof


class VerifyForm(ChangeForm):
    """The hours that are recognised, and whether it is induction training: as submitted, unless the proof says otherwise."""

    hours = hours_field(help_text=_("As submitted, unless the proof says otherwise."))
    is_induction = induction_field()


class ReturnForm(ChangeForm):
    """退回补充."""

    return_reason = forms.CharField(label=_("What is to be completed"), max_length=200)


class WithdrawForm(ChangeForm):
    """撤回; a reason may be given."""

    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
