"""Pages of reviews: who reads which part, forms that lose nothing, the list and the sign-off of several."""

import pytest
from django.urls import reverse

from cadre_app.core.roles import Role
from cadre_app.mentorship.models import GoalRemark, PairingGoal, PairingReview
from cadre_app.mentorship.services import review_decisions, review_parts
from cadre_app.mentorship.services.review_parts import Remark
from tests.mentorship.reviews.conftest import concluded, paired, signed, written

pytestmark = pytest.mark.django_db

MENTORS, MENTEES, CONCLUSION = "角色转变较快", "学会了先听后说", "帮带正常"
TEXTS = (MENTORS, MENTEES, CONCLUSION)


def url(name, review):
    return reverse(f"mentorship:review_{name}", kwargs={"pk": review.pk})


def read(client, review):
    page = client.get(url("detail", review)).content.decode()
    return [text for text in TEXTS if text in page]


@pytest.fixture
def people(place, review, leader, mentor, mentee):
    liaison = place.somebody(Role.LIAISON, place.town)
    return {"staff": place.staff, "leader": leader, "liaison": liaison, "mentor": mentor, "mentee": mentee}


@pytest.mark.parametrize(
    ("who", "before", "after"),
    [
        ("staff", list(TEXTS), list(TEXTS)),
        ("leader", list(TEXTS), list(TEXTS)),
        ("liaison", [], []),
        ("mentor", [MENTORS], list(TEXTS)),
        ("mentee", [MENTEES], list(TEXTS)),
    ],
)
def test_who_reads_which_part(client_of, place, review, leader, people, who, before, after):
    done = concluded(review, place.staff)
    client = client_of(people[who])
    assert read(client, done) == before
    review_decisions.sign_off_review(done, actor=leader)
    assert read(client, done) == after


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("who", ["staff", "leader", "liaison", "mentor", "mentee"])
def test_the_page_of_the_pairing_lists_its_reviews(sign_in, review, people, who, language):
    user = people[who]
    type(user).objects.filter(pk=user.pk).update(language=language)
    page = sign_in(user).get(reverse("mentorship:pairing_detail", kwargs={"pk": review.pairing_id}))
    assert url("detail", review) in page.content.decode()


def test_the_mentor_writes_text_and_goals_in_one_form(client_of, review, mentor):
    client = client_of(mentor)
    page = client.get(url("mentor_part", review))
    goal = page.context["form"].goals[0]
    data = {f"state_{each.pk.hex}": "open" for each in page.context["form"].goals}
    data |= {f"state_{goal.pk.hex}": "under_way", f"line_{goal.pk.hex}": "每月一谈", "text": MENTORS}
    data |= {"version": review.version}
    assert client.post(url("mentor_part", review), data).status_code == 302
    assert GoalRemark.objects.get(goal=goal).text == "每月一谈"
    again = client.get(url("mentor_part", review)).content.decode()
    assert ("每月一谈" in again, MENTORS in again) == (True, True)


def test_bad_input_is_kept_and_said_beside_its_field(client_of, review, mentor):
    client = client_of(mentor)
    goal = PairingGoal.objects.filter(pairing=review.pairing).exclude(side="both").first()
    data = {f"state_{goal.pk.hex}": "gone", f"line_{goal.pk.hex}": "长" * 201, "text": "机密★1年", "version": 1}
    page = client.post(url("mentor_part", review), data)
    shown = page.content.decode()
    form = page.context["form"]
    assert {f"state_{goal.pk.hex}", f"line_{goal.pk.hex}", "text"} <= set(form.errors)
    assert ("长" * 201 in shown, "机密★1年" in shown) == (True, True)


def test_an_old_page_shows_both_texts(client_of, place, review):
    client = client_of(place.staff)
    version = review.version
    review_parts.write_trainee_part(review, text="另一段话", actor=place.staff)
    page = client.post(url("trainee_part", review), {"text": "我的一段话", "version": version})
    assert (page.status_code, "我的一段话" in page.content.decode()) == (409, True)


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("conclude", "leader"),
        ("conclude", "mentor"),
        ("return", "mentee"),
        ("sign_off", "staff"),
        ("mentor_part", "mentee"),
        ("trainee_part", "liaison"),
        ("unsign", "staff"),
    ],
)
def test_what_somebody_else_does_is_refused(client_of, place, review, people, name, who):
    written(review, place.staff)
    assert client_of(people[who]).get(url(name, review)).status_code == 403


def test_from_conclusion_to_sign_off_by_pages(client_of, place, review, leader):
    done = written(review, place.staff)
    staff = client_of(place.staff)
    assert staff.get(url("conclude", review)).status_code == 200
    data = {"conclusion": CONCLUSION, "version": done.version}
    assert staff.post(url("conclude", review), data).status_code == 302
    boss = client_of(leader)
    found = PairingReview.objects.get(pk=review.pk)
    assert "next review opens" in boss.get(url("sign_off", review)).content.decode()
    assert boss.post(url("sign_off", review), {"version": found.version}).status_code == 302
    found.refresh_from_db()
    assert found.signed_off_by == leader
    assert boss.get(url("unsign", review)).status_code == 200
    data = {"reason": "签错", "version": found.version}
    assert boss.post(url("unsign", review), data).status_code == 302
    found.refresh_from_db()
    assert boss.get(url("return", review)).status_code == 200
    data = {"returned_to": "department", "returned_reason": "再具体些", "version": found.version}
    assert boss.post(url("return", review), data).status_code == 302
    assert "再具体些" in client_of(place.staff).get(url("conclude", review)).content.decode()


def test_the_page_of_the_final_sign_off_says_that_the_pairing_ends(client_of, place, head, leader):
    final = PairingReview.objects.get(pairing=paired(place, head, "黄雨桐", months=6))
    concluded(final, place.staff)
    assert "the pairing ends as completed" in client_of(leader).get(url("sign_off", final)).content.decode()


def test_several_are_signed_off_with_one_confirmation(client_of, place, review, head, leader):
    other = PairingReview.objects.get(pairing=paired(place, head, "陈嘉穗"))
    for each in (review, other):
        concluded(each, place.staff)
    client = client_of(leader)
    address = reverse("mentorship:review_sign_off_many")
    page = client.post(address, {"pick": [str(review.pk), str(other.pk), "no key"]})
    picks = [key for _review, key in page.context["picks"]]
    assert len(picks) == 2
    assert client.post(address, {"pick": picks, "confirmed": "1"}).status_code == 302
    assert PairingReview.objects.signed_off().count() == 2


def test_nothing_to_sign_off_is_said(client_of, review, leader):
    page = client_of(leader).post(reverse("mentorship:review_sign_off_many"), {"pick": str(review.pk)})
    assert "There is nothing to sign off." in page.content.decode()


@pytest.mark.parametrize("sort", ["", "trainee", "-unit", "-until"])
def test_the_list_asks_as_much_for_three_as_for_one(
    client_of, place, review, head, leader, sort, django_assert_num_queries
):
    client = client_of(leader)
    address = reverse("mentorship:review_list") + (f"?sort={sort}" if sort else "")
    client.get(address)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(address)
    for name in ("陈嘉穗", "黄雨桐"):
        paired(place, head, name)
    with django_assert_num_queries(LIST_QUERIES):
        page = client.get(address)
    assert len(page.context["table"].rows) == 3


LIST_QUERIES = 8


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("?state=parts", 1),
        ("?state=sign_off", 1),
        ("?state=signed_off", 0),
        ("?state=all", 2),
        ("?q=陈嘉穗", 1),
        ("?final=yes", 0),
        ("?until=2026-11-22", 0),
        ("?since=2026-11-23", 2),
        ("?kind=community", 0),
        ("?signed_since=2026-01-01", 0),
        ("?signed_until=9999-12-31", 0),
    ],
)
def test_the_list_is_narrowed(client_of, place, review, head, query, count):
    concluded(PairingReview.objects.get(pairing=paired(place, head, "陈嘉穗")), place.staff)
    page = client_of(place.staff).get(reverse("mentorship:review_list") + query)
    assert len(page.context["table"].rows) == count


def test_a_review_costs_as_much_with_three_reviews_before_it(
    client_of, place, review, leader, django_assert_num_queries
):
    client = client_of(place.staff)
    client.get(url("detail", review))
    with django_assert_num_queries(DETAIL_QUERIES):
        client.get(url("detail", review))


DETAIL_QUERIES = 8


def test_those_signed_off_count_and_open_their_list(client_of, place, review, leader):
    from django.utils import timezone

    from cadre_app.core.figures import Asked, figures

    signed(review, place.staff, leader)
    asked = Asked.on(timezone.localdate(), user=place.staff)
    figure = figures["pairing_reviews"]
    assert figure.count(asked) == 1
    page = client_of(place.staff).get(figure.url(asked))
    assert len(page.context["table"].rows) == 1


def test_the_growth_file_tells_of_the_sign_off(client_of, place, review, people, leader):
    signed(review, place.staff, leader)
    address = reverse("growth:file", kwargs={"pk": review.pairing.trainee_id}) + "?kind=mentoring"
    told = {}
    for who, user in people.items():
        page = client_of(user).get(address).content.decode()
        told[who] = ("Half-year pairing review signed off" in page, CONCLUSION in page)
    both = (True, True)
    assert told == {"staff": both, "leader": both, "liaison": (True, False), "mentor": both, "mentee": both}


def test_goals_of_a_review_are_kept(place, review):
    goal = PairingGoal.objects.filter(pairing=review.pairing).exclude(side="both").first()
    review_parts.write_mentor_part(review, text="一", remarks=[Remark(goal.pk, "open", "甲")], actor=place.staff)
    review_parts.write_mentor_part(review, text="一", remarks=[Remark(goal.pk, "reached", "乙")], actor=place.staff)
    assert [(row.state, row.text) for row in GoalRemark.objects.all()] == [("reached", "乙")]
