"""Forms of what a file holds several of: education, relatives, records of post and rank; and of the programme facts."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.org.forms import UnitChoiceField
from cadre_app.people.forms.fields import NOT_STATED, CodeField, MonthField, keep_codes
from cadre_app.people.forms.picker import PersonField
from cadre_app.people.models import Education, Kind, Person, Relative, Status
from cadre_app.people.models.trainees import SUB_KINDS
from cadre_app.people.picking import pickable

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit

# Each sub-kind under the kind that it belongs to.
SUB_KIND_CHOICES = [
    ("", NOT_STATED),
    *[(kind.label, [(sub.value, sub.label) for sub in subs]) for kind, subs in SUB_KINDS.items()],
]


class CodedForm(ChangeForm):
    """Offers codes out of use by now where they are recorded."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_codes(self)


class EducationForm(CodedForm):
    """One stretch of schooling."""

    mode = forms.ChoiceField(label=_("Mode of study"), choices=Education.Mode.choices, widget=forms.RadioSelect)
    level = CodeField("education", label=_("Education"))
    degree = CodeField("degree", label=_("Degree"), required=False)
    school = forms.CharField(label=_("School"), max_length=60, required=False)
    major = forms.CharField(label=_("Major"), max_length=60, required=False)
    started_on = MonthField(
        label=_("Entered school in"), required=False, help_text=_("The line of the résumé begins with this month.")
    )
    graduated_on = MonthField(label=_("Graduated in"), required=False)


class ProposedEducationForm(EducationForm):
    """As `EducationForm`, with the reason that whoever answers reads."""

    reason = forms.CharField(label=_("Reason or evidence"), max_length=300, required=False)


class RelativeForm(CodedForm):
    """A member of the family; naming somebody of this system makes both avoid each other."""

    relation = forms.CharField(label=_("Relation"), max_length=20, help_text=_("Such as father, mother, spouse."))
    other = PersonField(
        label=_("In this system"),
        required=False,
        help_text=_("Type the name, its pinyin or its initials, then choose. Neither then works on the other’s file."),
    )
    name = forms.CharField(
        label=_("Full name"), max_length=40, required=False, help_text=_("Empty: the name of whoever is chosen above.")
    )
    birth_month = MonthField(label=_("Month of birth"), required=False)
    political_status = CodeField("political_status", label=_("Political affiliation"), required=False)
    work = forms.CharField(label=_("Unit and post"), max_length=100, required=False)

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["other"]
        if isinstance(field, PersonField):
            field.open_to(user)
        self.kept = self._out_of_sight(user)
        if self.kept is not None:
            del self.fields["other"]

    def clean(self) -> dict[str, Any]:
        """Whoever is named and out of sight stays named: 回避 ends by voiding the entry, never unseen."""
        super().clean()
        return self.cleaned_data if self.kept is None else {**self.cleaned_data, "other": self.kept}

    def _out_of_sight(self, user: "User") -> Person | None:
        other = self.instance.other if isinstance(self.instance, Relative) else None
        return None if other is None or pickable(user).filter(pk=other.pk).exists() else other


class PostRecordForm(CodedForm):
    """Post and rank from a day on."""

    started_on = forms.DateField(label=_("From"), widget=DayInput)
    post = forms.CharField(label=_("Post"), max_length=100, required=False)
    post_level = CodeField("post_level", label=_("Post level"), required=False)
    rank = CodeField("rank", label=_("Rank"), required=False, help_text=_("Civil servants only."))
    post_grade = forms.CharField(
        label=_("Post grade"), max_length=40, required=False, help_text=_("Staff of public institutions only.")
    )
    document_number = forms.CharField(label=_("Document number"), max_length=60, required=False)


class FactsForm(CodedForm):
    """The facts that rules hang on."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, widget=forms.RadioSelect)
    sub_kind = forms.ChoiceField(label=_("Sub-kind"), choices=SUB_KIND_CHOICES, required=False)
    status = forms.ChoiceField(label=_("Personnel status"), choices=Status.choices, widget=forms.RadioSelect)
    scheme = forms.CharField(label=_("Scheme or batch"), max_length=60, required=False)
    arrived_on = forms.DateField(label=_("Reported for duty on"), widget=DayInput)
    probation_ends_on = forms.DateField(label=_("Probation ends on"), widget=DayInput, required=False)
    linked_village = UnitChoiceField(label=_("Linked village"), required=False, empty_label=NOT_STATED)
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def __init__(self, *args: Any, villages: "QuerySet[Unit]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open_units("linked_village", villages)

    def open_units(self, name: str, units: "QuerySet[Unit]") -> None:
        """Offer these units in the field `name`."""
        field = self.fields[name]
        if isinstance(field, UnitChoiceField):
            field.queryset = units


class ChangeFactsForm(FactsForm):
    """As `FactsForm`, with the reason that a probation of another length needs."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Needed where probation is extended, or shorter than usual."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["probation_ends_on"].help_text = _("A usual end moves along when the day of arrival is corrected.")
