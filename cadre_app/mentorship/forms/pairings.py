"""Forms of pairings: confirming suggestions, choosing somebody else, changing, ending."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm, ReasonForm
from cadre_app.core.widgets import DayInput
from cadre_app.files.forms import MultiUploadField
from cadre_app.mentorship.models import EndKind
from cadre_app.mentorship.policies import CHECK_IN_DAYS, PAIRING_MONTHS
from cadre_app.mentorship.services.agreements import AGREEMENT
from cadre_app.mentorship.services.refusals import LONGEST_CADENCE, SHORTEST_CADENCE
from cadre_app.people.forms.picker import PersonField

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.mentorship.services.confirming import Pick


class CadenceForm(ChangeForm):
    """How often mentor and mentee meet."""

    check_in_days = forms.IntegerField(
        label=_("Days between check-ins"), min_value=SHORTEST_CADENCE, max_value=LONGEST_CADENCE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["check_in_days"].help_text = _usual(CHECK_IN_DAYS)


class TermsForm(CadenceForm):
    """From when, for how long, how often."""

    started_on = forms.DateField(label=_("First day"), widget=DayInput)
    months = forms.IntegerField(
        label=pgettext_lazy("pairing", "Length in months"), min_value=PAIRING_MONTHS.low, max_value=PAIRING_MONTHS.high
    )
    field_order: Sequence[str] = ("started_on", "months", "check_in_days")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["months"].help_text = _usual(PAIRING_MONTHS)


class ConfirmForm(TermsForm):
    """The terms of the pairings that are confirmed; the suggestions stand in `picks`, as they were looked at."""

    def __init__(self, *args: Any, picks: "Sequence[Pick]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picks = picks

    def clean(self) -> dict[str, Any]:
        return {**self.cleaned_data, "picks": list(self.picks)}


class ChooseForm(TermsForm):
    """Somebody else than the holder of the office, and why."""

    mentor = PersonField(label=_("Mentor"), help_text=_("Type the name, its pinyin or its initials, then choose."))
    choice_reason = forms.CharField(
        label=_("Reason for this choice"),
        max_length=200,
        help_text=_("For example that the office is vacant, or that the holder is a relative."),
    )
    field_order = ("mentor", "choice_reason", "started_on", "months", "check_in_days")

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mentor"]
        if isinstance(field, PersonField):
            field.open_to(user)


class PairingForm(CadenceForm):
    """The planned last day and the cadence of a running pairing."""

    due_on = forms.DateField(label=_("Planned until"), widget=DayInput)
    field_order = ("due_on", "check_in_days")


class EndPairingForm(ReasonForm):
    """The last day, how it ended, and why where it ended early."""

    ended_on = forms.DateField(label=_("Last day"), widget=DayInput)
    end_kind = forms.ChoiceField(label=_("How it ended"), choices=EndKind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Needed where it ended early, for example a change of office or a transfer."),
    )
    field_order = ("ended_on", "end_kind", "reason")


def _usual(policy: Any) -> str:
    known = {"length": policy.text(policy.now()), "source": policy.source}
    return gettext("As a rule %(length)s (%(source)s).") % known


class AgreementForm(ChangeForm):
    """Scans of the signed agreement; those that are there stay."""

    agreement = MultiUploadField(kind=AGREEMENT, label=_("Scan as PDF, or photos of the pages"))


class SignForm(ChangeForm):
    """The day on which both sides signed; the copy may follow."""

    signed_on = forms.DateField(label=_("Signed on"), widget=DayInput, help_text=_("The day that stands on the paper."))
    agreement = MultiUploadField(
        kind=AGREEMENT,
        label=_("Scan as PDF, or photos of the pages"),
        required=False,
        help_text=_("Can be attached later."),
    )
