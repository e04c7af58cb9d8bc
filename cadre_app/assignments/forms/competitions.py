"""Forms of comparisons: what is compared, criteria, results, reviewers, scores."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.forms.research import area
from cadre_app.assignments.models import (
    CompetitionCriterion,
    CompetitionEntry,
    CompetitionReviewer,
    CompetitionScore,
    EntryKind,
    Front,
)
from cadre_app.assignments.models.competition_scores import LONGEST_REMARK
from cadre_app.assignments.models.competitions import (
    HIGHEST_POINTS,
    LONGEST_NUMBERS,
    LONGEST_RESULT,
    LONGEST_TITLE,
)
from cadre_app.assignments.policies import COMPETITION_REVIEWERS
from cadre_app.assignments.scope import front_choices
from cadre_app.assignments.services.competition_entries import EVIDENCE
from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.files.forms import MultiUploadField
from cadre_app.org.forms import UnitChoiceField
from cadre_app.people.forms.picker import PersonField
from cadre_app.people.models import Trainee

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User
    from cadre_app.org.models import Unit

    Groups = Sequence[tuple[str, Sequence[tuple[str, str]]]]

AT_ONCE = 4


class CompetitionForm(ChangeForm):
    """What is compared: title, unit that holds it, fronts, season."""

    title = forms.CharField(
        label=pgettext_lazy("competition", "Title"),
        max_length=LONGEST_TITLE,
        help_text=_("Say what is compared. No titles of honour: results are compared, nobody is named a model."),
    )
    unit = UnitChoiceField(label=pgettext_lazy("competition", "Held by"))
    front_keys = forms.MultipleChoiceField(label=_("Fronts"), widget=forms.CheckboxSelectMultiple)
    started_on = forms.DateField(label=pgettext_lazy("competition", "First day of the season"), widget=DayInput)
    ended_on = forms.DateField(label=pgettext_lazy("competition", "Last day of the season"), widget=DayInput)
    description = forms.CharField(
        label=pgettext_lazy("competition", "What is compared"), max_length=1000, required=False, widget=area(4)
    )

    def __init__(self, *args: Any, units: "QuerySet[Unit]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["front_keys"].choices = front_choices()  # type: ignore[attr-defined]


class CriterionForm(ChangeForm):
    """One criterion, set before anything is entered."""

    name = forms.CharField(label=pgettext_lazy("criterion", "Criterion"), max_length=20)
    counts = forms.CharField(
        label=pgettext_lazy("criterion", "What counts"),
        max_length=200,
        widget=area(2),
        help_text=_("What reviewers look at, in numbers where it can be counted."),
    )
    points = forms.IntegerField(label=_("Most points"), min_value=1, max_value=HIGHEST_POINTS)
    is_ordering = forms.BooleanField(
        label=_("Put teams and fronts in order by this criterion when it is published"), required=False
    )


class ResultForm(ChangeForm):
    """The result of a team or of a front as a whole."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("competition", "Whose result"), choices=EntryKind.choices, widget=forms.RadioSelect
    )
    front = forms.ModelChoiceField(Front.objects.none(), label=pgettext_lazy("competition", "Front"), empty_label=None)
    name = forms.CharField(
        label=pgettext_lazy("competition", "Name of the team"),
        max_length=40,
        required=False,
        help_text=_("Stays empty for a front as a whole, as do unit and members."),
    )
    unit = UnitChoiceField(label=pgettext_lazy("competition", "Unit of the team"), required=False)
    members = forms.MultipleChoiceField(
        label=pgettext_lazy("competition", "Members of the team"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those who were posted to the front in the season. They are named, never scored."),
    )
    result = forms.CharField(
        label=pgettext_lazy("competition", "What was done"),
        max_length=LONGEST_RESULT,
        widget=area(6),
        help_text=_("Only what can be shown: what, where, by when, with what effect."),
    )
    numbers = forms.CharField(
        label=pgettext_lazy("competition", "In numbers"),
        max_length=LONGEST_NUMBERS,
        widget=area(4),
        help_text=_("One in a line."),
    )
    evidence = MultiUploadField(kind=EVIDENCE, label=_("Evidence"), required=False)

    def __init__(
        self,
        *args: Any,
        fronts: "QuerySet[Front]",
        units: "QuerySet[Unit]",
        offered: "Groups",
        whole: bool,
        **kwargs: Any,
    ) -> None:
        instance: CompetitionEntry | None = kwargs.get("instance")
        if instance is not None:
            members = instance.members.standing().values_list("trainee_id", flat=True)
            kwargs["initial"] = {"members": [str(key) for key in members]} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if not whole:
            self.fields["kind"].choices = [(EntryKind.TEAM.value, EntryKind.TEAM.label)]  # type: ignore[attr-defined]
        self.fields["front"].queryset = fronts  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["members"].choices = offered  # type: ignore[attr-defined]
        if not offered:
            self.fields["members"].help_text = _("Nobody you may name was posted to these fronts in the season.")

    def clean_members(self) -> list[Trainee]:
        """The growth files that were ticked."""
        keys = {UUID(key) for key in self.cleaned_data["members"]}
        return list(Trainee.objects.filter(pk__in=keys).select_related("person").order_by("pk"))


class CompetitionReviewersForm(ChangeForm):
    """Who scores; several at once."""

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The first one bears the name that the service gives to all of them: what is wrong with them stands beside it.
        self.names = ["persons", *(f"person_{number}" for number in range(2, AT_ONCE + 1))]
        for number, name in enumerate(self.names, start=1):
            field = PersonField(label=gettext("Reviewer %(number)s") % {"number": number}, required=number == 1)
            field.open_to(user)
            self.fields[name] = field
        self.fields["persons"].help_text = gettext(
            "Nobody of a team, no declared relative or mentor of a member, nobody who entered a result. Reviewers needed: %(least)s."
        ) % {"least": COMPETITION_REVIEWERS.now()}

    def clean(self) -> dict[str, Any]:
        """What the service takes: `persons`."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        persons = [cleaned.pop(name, None) for name in self.names]
        return {**cleaned, "persons": [person for person in persons if person is not None]}


class StartReviewForm(ChangeForm):
    """Until when reviewers score."""

    scores_until = forms.DateField(label=_("Scores until"), widget=DayInput)


class MoveScoresForm(StartReviewForm):
    """Another last day, with a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class ScoreForm(ChangeForm):
    """Points for one result, criterion by criterion, each with a word if there is one to say."""

    def __init__(
        self,
        *args: Any,
        instance: CompetitionReviewer,
        criteria: "Sequence[CompetitionCriterion]",
        given: "dict[UUID, CompetitionScore]",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            score = given.get(criterion.pk)
            known = {"name": criterion.name, "most": criterion.points}
            self.fields[f"points_{criterion.pk}"] = forms.IntegerField(
                label=gettext("%(name)s (0 to %(most)s)") % known,
                help_text=criterion.counts,
                min_value=0,
                max_value=criterion.points,
                initial=score.points if score is not None else None,
            )
            self.fields[f"comment_{criterion.pk}"] = forms.CharField(
                label=gettext("Remark on “%(name)s”") % known,
                max_length=LONGEST_REMARK,
                required=False,
                initial=score.comment if score is not None else "",
            )

    def clean(self) -> dict[str, Any]:
        """What the service takes: `points` and `comments` by the key of the criterion."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        points = {one.pk: cleaned.pop(f"points_{one.pk}", None) for one in self.criteria}
        comments = {one.pk: cleaned.pop(f"comment_{one.pk}", "") for one in self.criteria}
        kept = {key: value for key, value in points.items() if value is not None}
        return {**cleaned, "points": kept, "comments": comments}


class HandInForm(ChangeForm):
    """The declaration without which nothing is handed in."""

    is_free = forms.BooleanField(
        label=_("I am in none of these teams, and no declared relative of mine is."), required=True
    )
