"""Forms of a campaign: set up, extended, its codes."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.evaluation.models import Campaign, Setting, Way
from cadre_app.evaluation.policies import CODES_ON

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.people.models import Trainee


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """People by name and unit."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person.name} · {obj.home_unit.name}"


class CampaignForm(ChangeForm):
    """What it is called, when, how, about whom, and who watches."""

    title = forms.CharField(label=pgettext_lazy("evaluation", "Title"), max_length=60)
    setting = forms.ChoiceField(
        label=pgettext_lazy("evaluation", "Occasion"), choices=Setting.choices, initial=Setting.TERM
    )
    trainees = PeopleField(label=pgettext_lazy("evaluation", "About whom"), queryset=None)
    opens_on = forms.DateField(label=pgettext_lazy("evaluation", "First day"), widget=DayInput)
    closes_on = forms.DateField(label=pgettext_lazy("evaluation", "Last day"), widget=DayInput)
    way = forms.ChoiceField(label=_("Way of filling in"), choices=Way.choices, initial=Way.PAPER)
    watcher_one = forms.CharField(
        label=_("First representative who watches"),
        max_length=40,
        required=False,
        help_text=_(
            "Two representatives of the village watch the collecting. They stand on the cover of the batch. Both are named before the evaluation is opened."
        ),
    )
    watcher_two = forms.CharField(
        label=_("Second representative who watches"), max_length=40, required=False,
        help_text=_("Named before the evaluation is opened."),
    )  # fmt: skip
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def __init__(
        self, *args: Any, people: "QuerySet[Trainee]", instance: Campaign | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        for name in ("watcher_one", "watcher_two"):
            self.fields[name].asked_later = True  # type: ignore[attr-defined]
        self.fields["trainees"].queryset = people  # type: ignore[attr-defined]
        if not CODES_ON.now() and (instance is None or instance.way == Way.PAPER):
            self.fields["way"].choices = [(Way.PAPER, Way.PAPER.label)]  # type: ignore[attr-defined]
            self.fields["way"].help_text = _("One-time codes are switched off in the settings.")


class ExtendForm(ChangeForm):
    """Another last day."""

    closes_on = forms.DateField(label=pgettext_lazy("evaluation", "Last day"), widget=DayInput)


class CodesForm(ChangeForm):
    """For how many printed sheets."""

    number = forms.IntegerField(
        label=_("Number of sheets"),
        min_value=1,
        max_value=200,
        initial=20,
        help_text=_(
            "The codes are shown once, on the sheets to be printed. Sheets that are lost are replaced by new ones."
        ),
    )


class ReleaseForm(ChangeForm):
    """The comments that the person may read."""

    remarks: Any = forms.ModelMultipleChoiceField(
        label=_("Comments"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remarks"].queryset = rows  # type: ignore[attr-defined]

    def clean_remarks(self) -> list[Any]:
        return [remark.pk for remark in self.cleaned_data["remarks"]]
