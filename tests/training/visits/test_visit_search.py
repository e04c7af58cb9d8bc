"""Study visits are found by title, sites, topic and what came of them, by those who oversee training and who took part."""

from django.urls import reverse
from django.utils import timezone

from cadre_app.accounts.models import AccountKind
from cadre_app.core.roles import Role
from cadre_app.training.models import StudyVisit
from cadre_app.training.services import visits
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.search.looking import finders, look
from tests.training.visits.conftest import LATER, Outing

KEY = "training.visits"


def test_whoever_opens_a_visit_finds_it(outing: Outing) -> None:
    visit = outing.held()
    stranger = UserFactory.create(kind=AccountKind.TRAINEE)
    TraineeFactory.create(person=PersonFactory.create(account=stranger), home_unit=outing.district.town)
    liaison = outing.district.somebody(Role.LIAISON, outing.district.town)
    for typed in ("产业强村", "冷链", "园区共赢", "三条建议"):
        assert finders(KEY, typed, outing.staff, liaison, outing.own, stranger) == [1, 1, 1, 0]
    [hit] = look(KEY, outing.own, "冷链").hits
    assert (hit.place.title, hit.place.url) == (visit.title, reverse("training:visit_detail", kwargs={"pk": visit.pk}))
    assert finders(KEY, "先算运费", outing.staff, outing.own) == [0, 0]


def test_cancelled_and_voided_ones_are_not_found(outing: Outing) -> None:
    visits.cancel_visit(outing.planned(visited_on=LATER), reason="台风", actor=outing.staff)
    other = outing.planned(visited_on=LATER, title="另一条冷链线")
    StudyVisit.objects.filter(pk=other.pk).update(voided_at=timezone.now())
    assert finders(KEY, "冷链", outing.staff, outing.own) == [0, 0]
