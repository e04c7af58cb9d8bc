"""The form of a sand-table record."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.forms import ChangeForm
from cadre_app.training.models import CourseSession, Enrolment, ExerciseRecord, Scenario

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User
    from cadre_app.core.models import BaseModel


class MembersField(forms.ModelMultipleChoiceField[Enrolment]):
    """Names of the roster."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.trainee.person.name)


class ExerciseForm(ChangeForm):
    """The scenario, the group, what it decided, and what the teacher said to it."""

    scenario = forms.ModelChoiceField(label=_("Sand-table scenario"), queryset=Scenario.objects.none())
    group = forms.CharField(
        label=pgettext_lazy("exercise", "Group"), max_length=40, help_text=_("For example the first group.")
    )
    members = MembersField(
        label=_("Members of the group"),
        queryset=Enrolment.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("From the roster of the session."),
    )
    decisions = forms.CharField(
        label=_("What the group decided"), max_length=1000, widget=forms.Textarea(attrs={"rows": 6})
    )
    remarks = forms.CharField(
        label=_("What the teacher said to it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self, *args: Any, user: "User", session: CourseSession, instance: ExerciseRecord | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.record = instance
        roster: QuerySet[Enrolment] = Enrolment.objects.worked_on(user).enrolled().filter(session=session)
        scenarios, members = self.fields["scenario"], self.fields["members"]
        self.roster = roster
        if isinstance(members, MembersField):
            members.queryset = roster.select_related("trainee__person").order_by("trainee__stroke_key", "pk")
        if isinstance(scenarios, forms.ModelChoiceField):
            known = Q(voided_at=None, is_offered=True)
            if instance is not None:
                known |= Q(pk=instance.scenario_id)
            scenarios.queryset = Scenario.objects.filter(known)

    def clean_members(self) -> list[Enrolment]:
        """With those of the group for whom others record: they stay in it."""
        chosen = list(self.cleaned_data["members"])
        if self.record is None:
            return chosen
        others = self.record.members.exclude(pk__in=self.roster.values("pk")).select_related("trainee__person")
        return [*chosen, *others]

    def _values_of(self, instance: "BaseModel") -> dict[str, Any]:
        values = super()._values_of(instance)
        if isinstance(instance, ExerciseRecord):
            values["members"] = [member.pk for member in instance.members.all()]
        return values
