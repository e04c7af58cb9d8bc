"""The form of a new growth file."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre_app.core.widgets import DayInput
from cadre_app.org.forms import UnitChoiceField
from cadre_app.people.forms.fields import CodeField, MonthField
from cadre_app.people.forms.parts import FactsForm
from cadre_app.people.forms.picker import NamesakeForm, PersonField
from cadre_app.people.models import Education
from cadre_app.people.policies import PROBATION_MONTHS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit


class NewFileForm(NamesakeForm, FactsForm):
    """A new growth file: who, since when, where, with the first post and education."""

    person = PersonField(
        label=_("Somebody already entered"),
        required=False,
        help_text=_("Such as the holder of an office. Leave the name below empty then."),
    )
    name = forms.CharField(label=_("Or a new person: full name"), max_length=40, required=False)
    id_number = forms.CharField(
        label=_("ID number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Sex and month of birth follow from it."),
    )
    sex = CodeField("sex", label=_("Sex"), required=False)
    birth_month = MonthField(label=_("Month of birth"), required=False)
    ethnic_group = CodeField("ethnic_group", label=_("Ethnic group"), required=False)
    native_place = forms.CharField(label=_("Native place"), max_length=40, required=False)
    phone = forms.CharField(
        label=_("Phone number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    political_status = CodeField("political_status", label=_("Political affiliation"), required=False)
    party_joined_on = forms.DateField(
        label=_("Admitted by the branch meeting on"),
        widget=DayInput,
        required=False,
        help_text=_("Required of probationary members."),
    )
    home_unit = UnitChoiceField(label=_("Present unit"))
    post = forms.CharField(label=_("Post"), max_length=100, required=False)
    rank = CodeField("rank", label=_("Rank"), required=False, help_text=_("Civil servants only."))
    rank_since = forms.DateField(
        label=_("In this post and rank since"),
        widget=DayInput,
        required=False,
        help_text=_("Empty: since the arrival."),
    )
    post_grade = forms.CharField(
        label=_("Post grade"), max_length=40, required=False, help_text=_("Staff of public institutions only.")
    )
    level = CodeField("education", label=_("Full-time education"), required=False)
    degree = CodeField("degree", label=_("Degree"), required=False)
    school = forms.CharField(label=_("School"), max_length=60, required=False)
    major = forms.CharField(label=_("Major"), max_length=60, required=False)
    PERSON = (
        "id_number", "sex", "birth_month", "ethnic_group", "native_place", "phone", "political_status",
        "party_joined_on",
    )  # fmt: skip
    SCHOOLING = ("level", "degree", "school", "major")
    GROUPS = (
        (_("Person"), ("person", "name", "is_namesake", *PERSON)),
        (_("Programme"), ("kind", "sub_kind", "status", "scheme", "arrived_on", "probation_ends_on")),
        (_("Unit, post and rank"), ("home_unit", "linked_village", "post", "rank", "rank_since", "post_grade")),
        (_("Education"), SCHOOLING),
        (_("Other"), ("remark",)),
    )

    def __init__(self, *args: Any, user: "User", units: "QuerySet[Unit]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.open_units("home_unit", units)
        field = self.fields["person"]
        if isinstance(field, PersonField):
            field.open_to(user)
        length = PROBATION_MONTHS.text(PROBATION_MONTHS.now())
        self.fields["probation_ends_on"].help_text = _("Empty: %(length)s after the arrival.") % {"length": length}

    def clean(self) -> dict[str, Any]:
        """As services.trainees.open_file takes it; exactly one of person and name."""
        super().clean()
        cleaned = self.cleaned_data
        person, name = cleaned.get("person"), cleaned.get("name")
        if person is None and not name and not self.errors:
            self.add_error("name", _("Choose somebody, or write the name of a new person."))
        elif person is not None and name:
            self.add_error("name", _("Somebody is chosen above. Leave the name empty, or take the choice back."))
        schooling = {key: cleaned.pop(key, "") for key in self.SCHOOLING}
        if any(schooling.values()) and not schooling["level"]:
            self.add_error("level", _("Choose the education."))
        cleaned["educations"] = [{"mode": Education.Mode.FULL_TIME, **schooling}] if schooling["level"] else []
        particulars = {key: cleaned.pop(key) for key in self.PERSON if key in cleaned}
        known = next((key for key, value in particulars.items() if value and person is not None), "")
        if known:
            self.add_error(known, _("This belongs to a new person. Change it on the file afterwards."))
        cleaned["particulars"] = particulars
        return cleaned

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings, in the order of the page; hidden ones stand elsewhere."""
        return [(title, [self[name] for name in names if not self[name].is_hidden]) for title, names in self.GROUPS]
