"""Forms of pairing reviews: the two parts, the conclusion, the return, the sign-off."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.forms import ChangeForm, ReasonForm
from cadre_app.mentorship.forms.notes import LongTextField
from cadre_app.mentorship.models import GoalRemark, GoalState, PairingGoal, PairingReview, ReturnedTo
from cadre_app.mentorship.models.goals import LONGEST_GOAL
from cadre_app.mentorship.models.reviews import LONGEST_PART
from cadre_app.mentorship.services.review_parts import Remark

ROWS = 6


class MentorPartForm(ChangeForm):
    """The mentor's text, and for each goal how it stands with one line; only what is added where the mentor is gone."""

    text = LongTextField(label=_("Mentor's part"), longest=LONGEST_PART, rows=ROWS)

    def __init__(
        self,
        *args: Any,
        instance: PairingReview,
        goals: Sequence[PairingGoal],
        remarks: Sequence[GoalRemark],
        **kwargs: Any,
    ) -> None:
        is_added = instance.completes_mentors_part
        super().__init__(*args, instance=instance, initial={"text": "" if is_added else instance.mentor_text}, **kwargs)
        self.goals = [] if is_added else list(goals)
        said = {remark.goal_id: remark for remark in remarks}
        for place, goal in enumerate(self.goals, start=1):
            known = said.get(goal.pk)
            self.fields[_state(goal)] = forms.ChoiceField(
                label=_("Goal %(place)s") % {"place": place},
                choices=GoalState.choices,
                initial=known.state if known else goal.state,
            )
            self.fields[_line(goal)] = forms.CharField(
                label=_("How it stands"),
                required=False,
                max_length=LONGEST_GOAL,
                initial=known.text if known else "",
            )
            self.fields[_line(goal)].widget.attrs.pop("maxlength", None)

    def goal_rows(self) -> Iterator[tuple[PairingGoal, forms.BoundField, forms.BoundField]]:
        """Each goal with its two fields."""
        for goal in self.goals:
            yield goal, self[_state(goal)], self[_line(goal)]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        kept = {name: value for name, value in data.items() if name in ("submission", "version", "text")}
        kept["remarks"] = [
            Remark(goal.pk, data.get(_state(goal), GoalState.OPEN), data.get(_line(goal), "")) for goal in self.goals
        ]
        return kept


class TraineePartForm(ChangeForm):
    """The mentee's own text."""

    text = LongTextField(label=_("Mentee's part"), longest=LONGEST_PART, rows=ROWS)

    def __init__(self, *args: Any, instance: PairingReview, **kwargs: Any) -> None:
        text = "" if instance.completes_trainees_part else instance.trainee_text
        super().__init__(*args, instance=instance, initial={"text": text}, **kwargs)


class ConclusionForm(ChangeForm):
    """The department's conclusion."""

    conclusion = LongTextField(label=pgettext_lazy("review", "Conclusion"), longest=LONGEST_PART, rows=ROWS)


class ReturnForm(ChangeForm):
    """Whose part, and what is to be completed."""

    returned_to = forms.ChoiceField(label=_("Return to"), choices=ReturnedTo.choices, widget=forms.RadioSelect)
    returned_reason = forms.CharField(label=_("What is to be completed"), max_length=200)

    def __init__(self, *args: Any, instance: PairingReview, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, initial={"returned_to": ReturnedTo.BOTH}, **kwargs)
        if instance.concluded_at is None:
            field = self.fields["returned_to"]
            choices = [choice for choice in ReturnedTo.choices if choice[0] != ReturnedTo.DEPARTMENT]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices


class SignOffForm(ChangeForm):
    """One button; the version stands behind it."""


class SignOffManyForm(ChangeForm):
    """The reviews that are signed off stand in `picks`, as they were looked at."""

    def __init__(self, *args: Any, picks: "list[tuple[PairingReview, int]]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picks = picks

    def clean(self) -> dict[str, Any]:
        return {**self.cleaned_data, "picks": self.picks}


class TakeReturnBackForm(ReasonForm):
    """Why nothing is asked for any more."""


class UnsignForm(ReasonForm):
    """Why the sign-off is taken back."""


def _state(goal: PairingGoal) -> str:
    return f"state_{goal.pk.hex}"


def _line(goal: PairingGoal) -> str:
    return f"line_{goal.pk.hex}"
