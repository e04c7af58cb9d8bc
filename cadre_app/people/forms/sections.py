"""One form for each section of the person page: staff change with it, the trainee and the liaison propose with it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.people.forms.fields import NOT_STATED, CodeField, MonthField, keep_codes
from cadre_app.people.models import PartyStage, Person
from cadre_app.people.writing import id_numbers, phones, resume

UNTYPED = {"autocomplete": "off"}


class SectionForm(ChangeForm):
    """`proposing` adds the reason that whoever answers reads; `sees_numbers`: known numbers are told, masked."""

    def __init__(
        self, *args: Any, instance: Person, proposing: bool = False, sees_numbers: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.person = instance
        self.sees_numbers = sees_numbers
        keep_codes(self)
        if proposing:
            self.fields["reason"] = forms.CharField(
                label=_("Reason or evidence"),
                max_length=300,
                required=False,
                help_text=_("Department staff compare what you propose and answer."),
            )


class IdentityForm(SectionForm):
    """Who somebody is."""

    name = forms.CharField(label=_("Full name"), max_length=40)
    sex = CodeField("sex", label=_("Sex"), required=False)
    birth_month = MonthField(label=_("Month of birth"), required=False)
    ethnic_group = CodeField("ethnic_group", label=_("Ethnic group"), required=False)
    native_place = forms.CharField(label=_("Native place"), max_length=40, required=False)
    birth_place = forms.CharField(label=_("Place of birth"), max_length=40, required=False)
    health = forms.CharField(label=_("State of health"), max_length=20, required=False)
    id_number = forms.CharField(
        label=_("New ID number"), max_length=30, required=False, widget=forms.TextInput(attrs=UNTYPED)
    )
    forget_id_number = forms.BooleanField(label=_("Remove the ID number"), required=False)
    work_month = MonthField(label=_("Began work in"), required=False)
    specialty = forms.CharField(label=_("Professional strengths"), max_length=100, required=False)
    technical_post = forms.CharField(label=_("Professional title"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = id_numbers.masked(self.person.id_number) if self.sees_numbers else ""
        say_known(self, "id_number", known, "forget_id_number")

    def clean(self) -> dict[str, Any]:
        super().clean()
        take_number(self, "id_number", "forget_id_number")
        return self.cleaned_data


class ContactsForm(SectionForm):
    """How somebody is reached."""

    phone = forms.CharField(
        label=_("New phone number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={**UNTYPED, "inputmode": "tel"}),
    )
    forget_phone = forms.BooleanField(label=_("Remove the phone number"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = phones.masked(self.person.phone) if self.sees_numbers else ""
        say_known(self, "phone", known, "forget_phone")

    def clean(self) -> dict[str, Any]:
        super().clean()
        take_number(self, "phone", "forget_phone")
        return self.cleaned_data


class PartyForm(SectionForm):
    """Political affiliation and the steps of Party membership."""

    political_status = CodeField(
        "political_status",
        label=_("Political affiliation"),
        required=False,
        help_text=_("The stage follows from it for full and probationary members."),
    )
    party_stage = forms.ChoiceField(
        label=_("Party stage"), choices=[("", NOT_STATED), *PartyStage.choices], required=False
    )
    party_applied_on = forms.DateField(label=_("Applied for admission on"), widget=DayInput, required=False)
    party_activist_on = forms.DateField(label=_("Activist since"), widget=DayInput, required=False)
    party_candidate_on = forms.DateField(label=_("Candidate since"), widget=DayInput, required=False)
    party_joined_on = forms.DateField(
        label=_("Admitted by the branch meeting on"),
        widget=DayInput,
        required=False,
        help_text=_("Required of probationary members."),
    )
    party_extended_to = forms.DateField(
        label=_("Party probation extended until"),
        widget=DayInput,
        required=False,
        help_text=_("Only where the branch meeting extended it; once, by 6 to 12 months."),
    )
    party_full_on = forms.DateField(label=_("Full member since"), widget=DayInput, required=False)
    party_full_why = forms.CharField(
        label=_("Why a full member within a year"),
        max_length=200,
        required=False,
        help_text=_("Only where the year of probation was not over on that day."),
    )


class ResumeForm(SectionForm):
    """The résumé as text, one period a line."""

    resume = forms.CharField(
        label=_("Résumé"),
        max_length=resume.LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "resume-text"}),
        help_text=_(
            "One period a line: 2016.09--2020.07  studied at …; the last one without an end. "
            "Periods inside a line stand in （其间：…）."
        ),
    )


FORMS: dict[str, type[SectionForm]] = {
    "identity": IdentityForm,
    "contacts": ContactsForm,
    "party": PartyForm,
    "resume": ResumeForm,
}


def say_known(form: forms.Form, name: str, masked: str, forget: str) -> None:
    """Tell the number that is known, masked, and what leaving the field empty means."""
    if masked:
        text = gettext("Recorded: %(number)s. Leave this empty to keep it.")
        form.fields[name].help_text = text % {"number": masked}
    else:
        form.fields[name].help_text = gettext("Leave this empty to keep what is recorded.")
        del form.fields[forget]


def take_number(form: forms.Form, name: str, forget: str) -> None:
    """A number left empty is None, and stays; ticking `forget` takes it away."""
    cleaned = form.cleaned_data
    gone = cleaned.pop(forget, False)
    if gone and cleaned.get(name):
        form.add_error(forget, gettext("A new number is typed above. Do one or the other."))
    if name in cleaned and not cleaned[name]:
        cleaned[name] = "" if gone else None
