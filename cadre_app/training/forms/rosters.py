"""Forms by which people come onto a roster, and leave it."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.core.roles import Role
from cadre_app.people.forms.picker import PersonField
from cadre_app.people.models import Trainee
from cadre_app.training.clashing import clashes_in, placed_elsewhere
from cadre_app.training.forms.clashes import ClashForm
from cadre_app.training.models import Enrolment, SessionState
from cadre_app.training.naming import trainees_named
from cadre_app.training.services.rosters import camp_people
from cadre_app.training.session_words import GRADE_NAMES, span_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.training.models import CourseSession

LONGEST_LIST = 20_000


class PeopleForm(ClashForm):
    """Knows the session, and who among those meant is taken while it is held."""

    def __init__(self, *args: Any, session: "CourseSession", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session

    def people(self, cleaned: dict[str, Any]) -> list[Trainee]:
        raise NotImplementedError

    def clashes_found(self, cleaned: dict[str, Any]) -> list[str]:
        people = self.people(cleaned)
        return clashes_in(span_of(self.session.meetings.standing()), people, but=[self.session.pk])

    def warnings_found(self, cleaned: dict[str, Any]) -> list[str]:
        return placed_elsewhere(self.session, self.people(cleaned))


class AddPeopleForm(PeopleForm):
    """A pasted list of names, somebody found by typing, or both; `trainees` is what the service takes."""

    names = forms.CharField(
        label=_("Names"),
        max_length=LONGEST_LIST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One in a line, or set apart by commas; file numbers are understood as well."),
    )
    person = PersonField(label=_("Or find somebody"), required=False)

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        person: Any = self.fields["person"]
        person.open_to(user)

    def clean_names(self) -> list[Trainee]:
        return trainees_named(self.cleaned_data["names"], user=self.user)

    def clean_person(self) -> Trainee | None:
        person = self.cleaned_data["person"]
        if person is None:
            return None
        found = Trainee.objects.in_scope(self.user, Role.STAFF).standing().filter(person=person)
        trainee = found.select_related("person", "home_unit").first()
        if trainee is None:
            raise ValidationError(_("This person has no growth file among your people."), code="no_file")
        return trainee

    def people(self, cleaned: dict[str, Any]) -> list[Trainee]:
        return cleaned["trainees"]  # type: ignore[no-any-return]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        named, person = given.pop("names", None), given.pop("person", None)
        given["trainees"] = [*(named or []), *([person] if person is not None else [])]
        if not given["trainees"] and not self.errors:
            self.add_error("names", ValidationError(_("Name somebody."), code="nobody"))
        return super().clean()


class CampForm(PeopleForm):
    """Whole grades of the session's camp."""

    grades = forms.TypedMultipleChoiceField(
        label=_("Grades"), choices=tuple(GRADE_NAMES.items()), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def people(self, cleaned: dict[str, Any]) -> list[Trainee]:
        return camp_people(self.session, cleaned["grades"], self.user)


class SignUpForm(PeopleForm):
    """Nothing to fill in; the own clashes are named."""

    def __init__(self, *args: Any, trainee: Trainee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trainee = trainee

    def clashes_found(self, cleaned: dict[str, Any]) -> list[str]:
        """A session that is only planned is not told before it is opened."""
        places = Enrolment.objects.enrolled().filter(trainee=self.trainee, session__state=SessionState.PLANNED)
        untold = [self.session.pk, *places.values_list("session", flat=True)]
        return clashes_in(span_of(self.session.meetings.standing()), [self.trainee], but=untold)

    def warnings_found(self, cleaned: dict[str, Any]) -> list[str]:
        """Somebody with a place in another session of the course is refused."""
        return []


class DeclineForm(ChangeForm):
    """Why somebody does not come."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
