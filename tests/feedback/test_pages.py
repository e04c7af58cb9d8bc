import pytest
from django.urls import reverse

from cadre_app.feedback import services
from cadre_app.feedback.models import LONGEST, Feedback

NEW, MINE, INBOX = (reverse(f"feedback:{name}") for name in ("new", "mine", "inbox"))


def answer_url(feedback: Feedback) -> str:
    return reverse("feedback:answer", kwargs={"pk": feedback.pk})


@pytest.mark.parametrize("rows", [1, 3])
def test_both_lists_cost_the_same_queries_however_long(sign_in, author, staff, rows, django_assert_num_queries):
    for _ in range(rows):
        services.give_feedback(text="字号太小", actor=author)
    for user, url, queries in ((author, MINE, 7), (staff, INBOX, 7)):
        client = sign_in(user)
        client.get(url)
        with django_assert_num_queries(queries):
            assert len(client.get(url).context["table"].rows) == rows


def test_the_page_one_came_from_is_kept(sign_in, author):
    client = sign_in(author)
    form = client.get(NEW, {"page": "/units/?q=%E6%B2%A7"}).context["form"]
    client.post(NEW, {"text": "字号太小", "page": form["page"].value()})
    assert list(Feedback.objects.values_list("page", "author")) == [("/units/?q=%E6%B2%A7", author.pk)]


@pytest.mark.parametrize("page", ["//example.test", "https://example.test", "/" + "a" * 300, "/\x00", "/\u202e"])
def test_a_foreign_page_is_not_taken_over(sign_in, author, page):
    assert sign_in(author).get(NEW, {"page": page}).context["form"]["page"].value() == ""


@pytest.mark.parametrize("text", ["", "  ", "字\x00号", "字\u202e号", "长" * (LONGEST + 1)])
def test_a_bad_text_is_told_beside_its_field(sign_in, author, text):
    form = sign_in(author).post(NEW, {"text": text}).context["form"]
    assert (list(form.errors), Feedback.objects.count()) == (["text"], 0)


def test_rare_characters_and_names_with_a_dot_are_kept(sign_in, author):
    sign_in(author).post(NEW, {"text": "𠮷㛃 阿卜杜·热合曼"})
    assert Feedback.objects.get().text == "𠮷㛃 阿卜杜·热合曼"


def test_ten_megabytes_get_the_page_for_too_much(sign_in, author):
    response = sign_in(author).post(NEW, {"text": "长" * (10 * 1024 * 1024 // 3)})
    assert (response.status_code, Feedback.objects.count()) == (413, 0)


def test_markup_is_shown_as_it_was_typed(sign_in, author):
    services.give_feedback(text="<script>alert(1)</script>", actor=author)
    body = sign_in(author).get(MINE).content.decode()
    assert ("<script>alert" in body, "&lt;script&gt;alert(1)" in body) == (False, True)


def test_a_double_tap_writes_one(sign_in, author):
    client = sign_in(author)
    form = client.get(NEW).context["form"]
    for _ in range(2):
        client.post(NEW, {"text": "字号太小", "submission": form["submission"].value()})
    assert Feedback.objects.count() == 1


def test_staff_answer_and_the_author_reads_it(sign_in, author, staff):
    given = services.give_feedback(text="字号太小", actor=author)
    assert sign_in(staff).post(answer_url(given), {"answer": "已加大", "version": "1"}).status_code == 302
    assert [row.object.answer for row in sign_in(author).get(MINE).context["table"].rows] == ["已加大"]


def test_a_stale_answer_gets_both_texts(sign_in, author, staff):
    given = services.give_feedback(text="字号太小", actor=author)
    client = sign_in(staff)
    client.post(answer_url(given), {"answer": "已加大", "version": "1"})
    response = client.post(answer_url(given), {"answer": "将加大", "version": "1"})
    body = response.content.decode()
    assert (response.status_code, "已加大" in body, "将加大" in body) == (409, True, True)


def test_nobody_answers_themself_or_beyond_their_units(sign_in, author, staff, other_staff):
    mine = services.give_feedback(text="我的建议", actor=staff)
    given = services.give_feedback(text="字号太小", actor=author)
    found = [
        sign_in(staff).get(answer_url(mine)).status_code,
        sign_in(author).get(answer_url(given)).status_code,
        sign_in(author).get(answer_url(mine)).status_code,
        sign_in(other_staff).get(answer_url(given)).status_code,
        sign_in(author).get(INBOX).status_code,
    ]
    assert found == [403, 403, 404, 404, 403]


def test_the_inbox_is_narrowed_by_state_and_text(sign_in, author, staff):
    first = services.give_feedback(text="字号太小", actor=author)
    services.give_feedback(text="颜色太浅", actor=author)
    services.answer_feedback(first, answer="已加大", version=1, actor=staff)
    client = sign_in(staff)
    found = {
        query: [row.object.text for row in client.get(f"{INBOX}?{query}").context["table"].rows]
        for query in ("state=open", "state=answered", "q=字号", "q=%00", "state=x")
    }
    everything = ["颜色太浅", "字号太小"]
    assert found == {
        "state=open": ["颜色太浅"],
        "state=answered": ["字号太小"],
        "q=字号": ["字号太小"],
        "q=%00": everything,
        "state=x": everything,
    }
