from datetime import date

import pytest
from django.urls import reverse

from cadre_app.accounts.models import AccountRequest
from cadre_app.accounts.services import activate_request
from cadre_app.core.models import Stale
from cadre_app.core.roles import Role
from cadre_app.people.models import Person, Relative
from cadre_app.people.services import accounts, links, offices
from tests.factories import GrantFactory, PersonFactory, UserFactory
from tests.people.test_offices import refused


@pytest.fixture
def secretary(place) -> Person:
    person = PersonFactory.create(name="梁国忠")
    office = offices.create_office(unit=place.town, name="党委书记", actor=place.staff)
    offices.appoint(office, person=person, since=date(2021, 1, 1), actor=place.staff)
    return person


def url(name: str, person: Person) -> str:
    return reverse(f"people:account_{name}", kwargs={"pk": person.pk})


def now(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def asked(person, place, username="liangguozhong", **values):
    known = {"username": username, "reason": "结对帮带", "actor": place.staff}
    return accounts.request_person_account(person, **known | values)


@pytest.mark.parametrize(
    ("who", "kind", "post"), [("holder", "mentor", "党委书记"), ("trainee", "trainee", "一级科员")]
)
def test_an_account_is_asked_for_where_somebody_works(place, secretary, trainee, who, kind, post):
    trainee.post = "一级科员"
    trainee.save()
    person = {"holder": secretary, "trainee": trainee.person}[who]

    request = asked(person, place)

    assert (request.display_name, request.unit, request.kind, request.post) == (person.name, place.town, kind, post)
    assert now(person).account_request == request


def test_a_second_request_waits_for_the_first(place, secretary):
    asked(secretary, place)

    assert refused(lambda: asked(secretary, place, username="another")) == [("", "waiting")]


def test_after_a_refusal_one_may_ask_again(place, secretary):
    first = asked(secretary, place)
    AccountRequest.objects.filter(pk=first.pk).update(status="declined")

    second = asked(secretary, place)

    assert now(secretary).account_request == second


def test_no_account_without_an_office_or_of_a_closed_file(place, trainee):
    trainee.departed_on = date(2026, 11, 1)
    trainee.save()

    assert refused(lambda: asked(PersonFactory.create(), place)) == [("", "no_office")]
    assert refused(lambda: asked(trainee.person, place)) == [("", "read_only")]


def test_an_activated_account_is_linked_and_opens_the_own_file(place, trainee, sign_in):
    security = UserFactory.create(unit=place.top, kind="administrator")
    GrantFactory.create(user=security, role=Role.SECURITY)

    request = activate_request(
        asked(trainee.person, place), username="linzhiyuan", password="correct horse battery", actor=security
    )

    account = now(trainee.person).account
    assert account == request.account
    account.must_change_password = False
    account.save()
    assert sign_in(account).get(reverse("people:my_file")).url == reverse("growth:file", kwargs={"pk": trainee.pk})


def test_pages_ask_link_and_take_back(place, secretary, sign_in):
    client = sign_in(place.staff)
    account = UserFactory.create(unit=place.town, kind="mentor", username="laoliang")

    form = client.get(url("request", secretary)).content.decode()
    sent = client.post(url("request", secretary), {"username": "LiangGZ", "reason": "结对帮带", "version": 1})
    linked = client.post(url("link", secretary), {"account": " LaoLiang ", "version": now(secretary).version})

    assert 'value="liangguozhong"' in form
    assert (sent.status_code, now(secretary).account_request.username) == (302, "lianggz")
    assert (linked.status_code, now(secretary).account) == (302, account)
    client.post(url("unlink", secretary), {"reason": "关联有误", "version": now(secretary).version})
    assert now(secretary).account is None


def test_an_old_page_changes_nothing(place, secretary, sign_in):
    Person.objects.update(version=2)
    account = UserFactory.create(unit=place.town, kind="mentor")

    response = sign_in(place.staff).post(url("link", secretary), {"account": account.username, "version": 1})

    assert (response.status_code, now(secretary).account) == (409, None)
    with pytest.raises(Stale):
        links.unlink_account(secretary, reason="误", version=1, actor=place.staff)


@pytest.mark.parametrize(
    "typed", ["nobody.here", "far.away", "asleep", "security", "", "\x00", "名字", "a" * 33, "' OR 1=1"]
)
def test_whether_another_account_exists_is_not_told(place, secretary, sign_in, typed):
    elsewhere = UserFactory.create(unit=UserFactory.create().unit, username="far.away")
    UserFactory.create(unit=place.town, username="asleep", is_active=False)
    UserFactory.create(unit=place.town, username="security", kind="administrator")

    response = sign_in(place.staff).post(url("link", secretary), {"account": typed, "version": 1})

    assert (response.status_code, now(secretary).account) == (200, None)
    assert elsewhere.display_name not in response.content.decode()


def test_one_account_belongs_to_one_person(place, secretary, trainee):
    account = UserFactory.create(unit=place.town, kind="mentor")
    links.link_account(secretary, account=account, actor=place.staff)

    assert refused(lambda: links.link_account(trainee.person, account=account, actor=place.staff)) == [
        ("account", "linked")
    ]


def test_nothing_is_done_about_relatives_or_oneself(place, secretary, trainee, sign_in):
    me = PersonFactory.create(account=place.staff)
    Relative.objects.create(person=me, relation="舅舅", name=secretary.name, other=secretary)

    client = sign_in(place.staff)

    assert [client.get(url(name, secretary)).status_code for name in ("request", "link", "unlink")] == [403] * 3
    assert client.get(url("unlink", me)).status_code == 403


def test_the_file_shows_the_account_to_staff_only(place, trainee, sign_in):
    account = UserFactory.create(unit=place.town, kind="trainee", username="zhiyuan.lin")
    links.link_account(trainee.person, account=account, actor=place.staff)
    page = reverse("people:trainee_detail", kwargs={"pk": trainee.pk})

    seen = {
        role: "zhiyuan.lin" in sign_in(place.somebody(role, place.town)).get(page).content.decode()
        for role in (Role.STAFF, Role.LEADER, Role.LIAISON)
    }

    assert seen == {Role.STAFF: True, Role.LEADER: False, Role.LIAISON: False}
