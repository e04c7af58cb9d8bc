"""Forms of visits: the plan for one or many, and what is recorded."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.care.fields import AccountField
from cadre_app.care.forms.problems import READ_BY_PERSON
from cadre_app.care.forms.symposiums import LinesField
from cadre_app.care.forms.talks import STANDING_NOTICE, InterviewForm
from cadre_app.care.models.visits import DESCRIBING, FAMILY_CHANGE, OCCASIONS
from cadre_app.care.policies import VISIT_MOST
from cadre_app.core.widgets import DayInput
from cadre_app.people.forms.fields import CodeField, keep_codes

ONLY_THAT = _("Of a serious change in the family only that is recorded. Leave this empty.")


class PlanVisitForm(InterviewForm):
    """Why, when, by whom."""

    occasion = CodeField(OCCASIONS, label=_("Occasion"))
    subject = forms.CharField(
        label=pgettext_lazy("care visit", "What for"),
        max_length=60,
        required=False,
        help_text=_("For example: visits before the Spring Festival."),
    )
    planned_on = forms.DateField(label=_("Planned for"), widget=DayInput)
    place = forms.CharField(label=_("Place"), max_length=60, required=False)
    visitor = AccountField(label=_("Visited by"))
    companions = forms.CharField(label=_("Accompanied by"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_codes(self)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        refuse_described(self, cleaned.get("occasion", ""), cleaned)
        return cleaned


class RecordVisitForm(InterviewForm):
    """登记走访 of a visit whose occasion is known."""

    standing_notice = STANDING_NOTICE
    held_on = forms.DateField(label=pgettext_lazy("care visit", "Visited on"), widget=DayInput)
    place = forms.CharField(label=_("Place"), max_length=60, required=False)
    visitor = AccountField(label=_("Visited by"))
    companions = forms.CharField(label=_("Accompanied by"), max_length=120, required=False)
    brought = forms.CharField(label=_("What was brought or asked"), max_length=200, required=False)
    amount = forms.DecimalField(label=_("Sum (yuan)"), max_digits=8, decimal_places=2, min_value=0, required=False)
    basis = forms.CharField(label=_("Basis of the sum"), max_length=80, required=False)
    summary = LinesField(label=_("How things are"), longest=500, rows=4, required=False, help_text=READ_BY_PERSON)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = VISIT_MOST.text(VISIT_MOST.now())
        self.fields["amount"].help_text = _("At most %(most)s; a sum names its basis.") % {"most": most}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        occasion = str(cleaned.get("occasion") or getattr(self.instance, "occasion", "") or "")
        refuse_described(self, occasion, cleaned)
        amount, basis = cleaned.get("amount"), cleaned.get("basis")
        if not self.errors and bool(amount) != bool(basis):
            text = gettext("A sum is above zero and names its basis; without one leave both empty.")
            self.add_error("basis" if amount else "amount", forms.ValidationError(text, code="basis"))
        cleaned["amount"] = amount or None
        return cleaned


class HeldVisitForm(RecordVisitForm):
    """A visit that nobody had planned."""

    occasion = CodeField(OCCASIONS, label=_("Occasion"))
    subject = forms.CharField(label=pgettext_lazy("care visit", "What for"), max_length=60, required=False)
    field_order = ("occasion", "subject", "held_on", "place", "visitor", "companions", "brought", "amount", "basis")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_codes(self)


def refuse_described(form: forms.Form, occasion: str, cleaned: dict[str, Any]) -> None:
    """Say beside the field that a serious change in the family is not described."""
    if occasion != FAMILY_CHANGE:
        return
    for name in DESCRIBING:
        if cleaned.get(name):
            form.add_error(name, forms.ValidationError(str(ONLY_THAT), code="family"))
