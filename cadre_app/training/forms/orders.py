"""Forms of orders: one's own, those entered from paper, answers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.core.roles import Role
from cadre_app.core.widgets import DayInput
from cadre_app.people.forms.picker import PersonField
from cadre_app.people.models import Trainee
from cadre_app.training.models import Course, CourseKind, Order, OrderRound
from cadre_app.training.models.choices import ORDERED_KINDS
from cadre_app.training.models.orders import MOST_ORDERS
from cadre_app.training.services.orders import DOWN, UP

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

    CourseChoice = forms.ModelChoiceField[Course]
    RoundChoice = forms.ModelChoiceField[OrderRound]
else:
    CourseChoice = RoundChoice = forms.ModelChoiceField

NO_COURSE = _("This course is closed and cannot be ordered any more. Choose another one.")
NO_ROUND = _("This round takes no orders.")
LONGEST_WISH = 200


class CourseOrderForm(ChangeForm):
    """我要点单 A course of the catalogue; the button of its card sends it.

    All rounds and courses can be named: the service says what is wrong with one that is closed.
    """

    round = RoundChoice(
        OrderRound.objects.none(), widget=forms.HiddenInput, error_messages={"invalid_choice": NO_ROUND}
    )
    course = CourseChoice(Course.objects.none(), widget=forms.HiddenInput, error_messages={"invalid_choice": NO_COURSE})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _open(self, "round", OrderRound.objects.standing())
        _open(self, "course", Course.objects.all())


class WishForm(ChangeForm):
    """A wish in own words of a kind."""

    round = RoundChoice(OrderRound.objects.none(), label=_("Order round"), empty_label=None)
    kind = forms.ChoiceField(label=_("Kind of course"), choices=[("", _("Please choose")), *ORDERED_KINDS])
    wish = forms.CharField(
        label=_("What I would like to learn"),
        max_length=LONGEST_WISH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In one sentence, for example: how to read the accounts of a village collective."),
    )
    priority = forms.TypedChoiceField(
        label=_("Priority"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", _("Next free one")), *[(number, str(number)) for number in range(1, MOST_ORDERS + 1)]],
    )

    def __init__(self, *args: Any, rounds: "Sequence[OrderRound]" = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _open(self, "round", OrderRound.objects.filter(pk__in=[found.pk for found in rounds]))
        if len(rounds) == 1:
            self.fields["round"].widget = forms.HiddenInput()
            self.initial.setdefault("round", rounds[0].pk)
        most = max((found.most for found in rounds), default=MOST_ORDERS)
        field = self.fields["priority"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Next free one")), *[(number, str(number)) for number in range(1, most + 1)]]


class EnterOrderForm(ChangeForm):
    """An order that came on paper: whose, in which round, a course or a wish."""

    person = PersonField(label=_("Full name"))
    round = RoundChoice(OrderRound.objects.none(), label=_("Order round"), empty_label=_("Please choose"))
    ordered_on = forms.DateField(label=_("Ordered on"), widget=DayInput)
    course = CourseChoice(
        Course.objects.none(),
        label=_("Course"),
        required=False,
        empty_label=_("A wish in own words"),
        error_messages={"invalid_choice": NO_COURSE},
    )
    kind = forms.ChoiceField(
        label=_("Kind of course"),
        choices=[("", _("As the course")), *ORDERED_KINDS],
        required=False,
        help_text=_("Only for a wish in own words."),
    )
    wish = forms.CharField(
        label=_("Wish in own words"),
        max_length=LONGEST_WISH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    priority = forms.IntegerField(label=_("Priority"), required=False, min_value=1, max_value=MOST_ORDERS)

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"ordered_on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        if isinstance(field, PersonField):
            field.open_to(user)
        self.user = user
        _open(self, "round", OrderRound.objects.standing().filter(opens_on__lte=timezone.localdate()))
        _open(self, "course", Course.objects.offered().exclude(kind=CourseKind.INDUCTION))

    def clean(self) -> dict[str, Any]:
        """`trainee` for the service; a wish needs a kind, and a course needs none."""
        found = dict(self.cleaned_data)
        person = found.pop("person", None)
        if person is not None:
            own = Trainee.objects.in_scope(self.user, Role.STAFF).standing()
            found["trainee"] = own.filter(person=person).select_related("person", "home_unit").first()
            if found["trainee"] is None:
                self.add_error("person", gettext("This person has no growth file among your people."))
        if found.get("course") is None:
            if not found.get("wish"):
                self.add_error("wish", gettext("Choose a course, or say what should be taught."))
            if not found.get("kind"):
                self.add_error("kind", gettext("Say what kind of course this wish is about."))
        elif found.get("wish"):
            self.add_error("wish", gettext("Either a course or a wish: enter two orders."))
        return found


class MoveForm(ChangeForm):
    """Up or down among the own orders of the round."""

    direction = forms.ChoiceField(choices=((UP, UP), (DOWN, DOWN)), widget=forms.HiddenInput)


class PickedForm(ChangeForm):
    """What is done to orders that were picked in a list; they stand in `picks`, as they were looked at."""

    def __init__(self, *args: Any, picks: "Sequence[tuple[Order, int]]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picks = picks

    def clean(self) -> dict[str, Any]:
        return {**self.cleaned_data, "picks": self.picks}


class AnswerForm(PickedForm):
    """答复 What those who ordered read."""

    answer = forms.CharField(
        label=pgettext_lazy("order", "Answer"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Those who ordered read it on their page. Their order is closed."),
    )


class AssignForm(PickedForm):
    """并入课程 The course that serves these wishes."""

    course = CourseChoice(
        Course.objects.none(),
        label=_("Course"),
        empty_label=_("Please choose"),
        error_messages={"invalid_choice": NO_COURSE},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _open(self, "course", Course.objects.offered().exclude(kind=CourseKind.INDUCTION))


def _open(form: forms.Form, name: str, queryset: "QuerySet[Any]") -> None:
    """What a choice may name, asked anew for each request."""
    field: Any = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = queryset
    else:
        raise ValidationError(name)
