import pytest

from cadre_app.accounts.models import AccountRequest, User
from cadre_app.core.roles import Role
from cadre_app.demo import services
from cadre_app.history.models import Entry
from cadre_app.org.models import Unit
from tests.district import PASSWORD, load_demo

pytestmark = pytest.mark.django_db


def test_the_eleven_accounts_can_sign_in_and_hold_their_roles() -> None:
    named = load_demo()
    users = {user.username: user for user in User.objects.all()}
    assert [name for name, _ in named] == [
        "staff",
        "leader",
        "chief",
        "liaison",
        "trainer",
        "mentor.head",
        "mentor.village",
        "trainee",
        "secadmin",
        "auditadmin",
        "sysadmin",
    ]
    assert all(user.check_password(PASSWORD) for user in users.values())
    roles = {name: tuple(grant.role for grant in user.standing_grants) for name, user in users.items()}
    assert roles == {
        "staff": (Role.STAFF,),
        "leader": (Role.LEADER,),
        "chief": (Role.LEADER,),
        "liaison": (Role.LIAISON,),
        "trainer": (),
        "mentor.head": (),
        "mentor.village": (),
        "trainee": (),
        "secadmin": (Role.SECURITY,),
        "auditadmin": (Role.AUDIT,),
        "sysadmin": (Role.SYSTEM,),
    }


def test_the_district_has_its_thirty_departments_seven_towns_and_thirty_villages() -> None:
    load_demo()
    kinds = list(Unit.objects.values_list("kind", flat=True))
    assert kinds.count("department") + kinds.count("institution") == 30
    assert kinds.count("town") + kinds.count("township") + kinds.count("subdistrict") == 7
    assert kinds.count("village") + kinds.count("community") == 30


def test_everything_came_through_the_services_and_is_in_history() -> None:
    load_demo()
    assert Entry.objects.filter(verb="org.unit.created").count() == Unit.objects.count()
    assert Entry.objects.filter(verb="accounts.request.created").count() == AccountRequest.objects.count()


def test_an_installation_with_accounts_is_left_alone() -> None:
    load_demo()
    with pytest.raises(services.NotEmpty):
        services.load_demo(PASSWORD)
    assert User.objects.count() == 11
