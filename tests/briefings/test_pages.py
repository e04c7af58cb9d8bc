"""The pages of briefings as staff and leaders meet them."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cadre_app.briefings import composing_job, services
from cadre_app.briefings.models import Briefing
from cadre_app.briefings.page import figures_of
from cadre_app.briefings.papers import BRIEFING
from cadre_app.core.figures import figures
from cadre_app.core.roles import Role
from cadre_app.documents.making import open_paper
from cadre_app.jobs.models import Job
from cadre_app.jobs.services import run_job
from tests.briefings.conftest import SINCE, issue, write
from tests.documents.made import pdf_pages, word_lines
from tests.factories import TraineeFactory
from tests.people.conftest import TODAY

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("briefings:briefing_list"), reverse("briefings:briefing_new")


def url(name, briefing):
    return reverse(f"briefings:{name}", kwargs={"pk": briefing.pk})


def paper(name, briefing):
    return reverse(f"documents:{name}", kwargs={"kind": "briefings.briefing", "pk": briefing.pk})


def texts_of(word):
    with zipfile.ZipFile(io.BytesIO(word)) as made:
        return {name: made.read(name).decode() for name in made.namelist() if name.endswith(".xml")}


def asked(unit, **days):
    return {"unit": str(unit.pk), "since": str(SINCE), "as_of": str(TODAY)} | days


def test_an_empty_list_says_what_to_do(client_of, place):
    body = client_of(place.staff).get(LIST).content.decode()
    assert "No briefing here yet." in body
    assert body.count(NEW) == 2


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_takes_the_same_queries_however_long(client_of, place, draft, many, django_assert_num_queries):
    for _number in range(many - 1):
        services.copy_briefing(draft, since=SINCE, as_of=TODAY, actor=place.staff)
    client = client_of(place.staff)
    client.get(LIST)
    with django_assert_num_queries(QUERIES):
        body = client.get(LIST).content.decode()
    assert body.count('class="nm"') == many


QUERIES = 8


def test_the_list_is_narrowed_by_state_unit_and_days(client_of, place, complete, leader):
    issued = issue(complete, place, leader)
    town = services.create_briefing(unit=place.town, since=SINCE, as_of=SINCE, actor=place.staff)
    client = client_of(place.staff)
    for query, found in (
        ("state=issued", [issued]),
        ("state=draft", [town]),
        ("state=voided", []),
        (f"unit={place.town.pk}", [town]),
        (f"since={TODAY}", [issued]),
        (f"until={SINCE}", [town]),
    ):
        body = client.get(f"{LIST}?{query}").content.decode()
        assert [one for one in (issued, town) if url("briefing_detail", one) in body] == found


def test_a_new_one_leads_to_its_page(client_of, place, trainee):
    client = client_of(place.staff)
    response = client.post(NEW, asked(place.top))
    made = Briefing.objects.get()
    assert response.url == url("briefing_detail", made)
    body = client.get(response.url).content.decode()
    assert "Counted again: nothing changed" in body
    assert '<a class="bf-n" href="#n-people_total">1</a>' in body


def test_days_to_come_are_refused_beside_their_field_and_nothing_is_lost(client_of, place):
    response = client_of(place.staff).post(NEW, asked(place.town, as_of=str(TODAY + timedelta(days=1))))
    form = response.context["form"]
    assert form.errors["as_of"] == ["This day has not come yet. Figures stand as of today or an earlier day."]
    assert form["unit"].value() == str(place.town.pk)


def test_what_changed_is_offered_beside_the_text(client_of, place, draft):
    TraineeFactory.create(home_unit=place.town)
    client = client_of(place.staff)
    body = client.get(url("briefing_detail", draft)).content.decode()
    assert "Take over 2 new numbers" in body
    assert "Change to 2" in body
    assert "Keep 1" in body
    client.post(url("numbers_take", draft), {"version": draft.version, "figure": ["people_total", "selected"]})
    draft.refresh_from_db()
    assert "全区现有引进生、选调生2名，均为选调生" in draft.opening


def test_of_very_many_people_nothing_is_counted_unasked(client_of, place, draft, monkeypatch):
    monkeypatch.setattr("cadre_app.briefings.page.AT_ONCE", 0)
    client = client_of(place.staff)
    assert "Compare with what is counted now" in client.get(url("briefing_detail", draft)).content.decode()
    assert "Counted again: nothing changed" in client.get(url("briefing_detail", draft) + "?compare").content.decode()


def test_very_many_people_are_counted_as_long_work(client_of, place, trainee, monkeypatch):
    monkeypatch.setattr(composing_job, "AT_ONCE", 0)
    response = client_of(place.staff).post(NEW, asked(place.top))
    job = Job.objects.get()
    assert response.url == reverse("jobs:job_detail", kwargs={"pk": job.pk})
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    assert job.done_url == url("briefing_detail", Briefing.objects.get())


def test_such_work_without_a_unit_says_that_it_cannot_be_done(client_of, place):
    client_of(place.staff).post(reverse("jobs:job_start"), {"kind": composing_job.COMPOSE, "query": ""})
    job = Job.objects.get()
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "You may no longer write briefings of this unit.")


def texts(briefing, **changes):
    kept = {name: getattr(briefing, name) for name in services.TEXTS}
    return {"version": briefing.version, **kept, **changes}


def test_edited_text_and_ticked_gaps_are_saved(client_of, place, draft):
    client = client_of(place.staff)
    form = client.get(url("briefing_edit", draft)).context["form"]
    offered = [value for value, _label in form.fields["suggested"].choices]
    assert "本期未开展谈心谈话" in offered
    client.post(url("briefing_edit", draft), texts(draft, shortcomings="写作课偏少", suggested=["本期未开展谈心谈话"]))
    draft.refresh_from_db()
    assert draft.shortcomings == "写作课偏少；本期未开展谈心谈话。"


def test_a_classification_marking_is_refused_and_the_text_kept_on_the_page(client_of, place, draft):
    response = client_of(place.staff).post(url("briefing_edit", draft), texts(draft, plans="机密★1年"))
    assert list(response.context["form"].errors) == ["plans"]
    assert "机密★1年" in response.content.decode()


def test_a_text_sent_from_an_old_page_meets_both_texts(client_of, place, draft):
    client = client_of(place.staff)
    old = texts(draft, plans="我的打算")
    client.post(url("briefing_edit", draft), texts(draft, plans="别人的打算"))
    response = client.post(url("briefing_edit", draft), old)
    assert response.status_code == 409
    assert "我的打算" in response.content.decode()
    assert "别人的打算" in response.content.decode()


def test_whoever_hands_it_on_is_told_what_is_missing(client_of, place, draft):
    client = client_of(place.staff)
    body = client.get(url("briefing_submit", draft)).content.decode()
    assert "A briefing is issued with its shortcomings and next steps. Write both first." in body
    response = client.post(url("briefing_submit", draft), {"version": draft.version})
    assert response.status_code == 200
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_whoever_hands_it_on_is_told_where_text_and_annex_differ(client_of, place, complete):
    edited = write(complete, place.staff, practice="开展点单课程 45 场次。")
    body = client_of(place.staff).get(url("briefing_submit", edited)).content.decode()
    assert "The text says “点单课程 45 场次”; the annex has 0." in body


def test_a_number_kept_from_another_period_opens_that_one_and_is_told_before_the_issue(client_of, place, complete):
    TraineeFactory.create(home_unit=place.town)
    last = TODAY - timedelta(days=1)
    copied = services.copy_briefing(complete, since=last, as_of=last, actor=place.staff)
    copied = services.take_numbers(copied, keys=["people_total"], actor=place.staff)
    copied = services.keep_numbers(copied, keys=["selected"], actor=place.staff)
    shown = {one.key: one for one in figures_of(copied, place.staff, None)}
    assert (str(last) in shown["selected"].url, str(last) in shown["people_total"].url) == (False, True)
    body = client_of(place.staff).get(url("briefing_submit", copied)).content.decode()
    assert "has the number of 1 Jan 2026 to 23 Nov 2026, which was kept." in body


def test_marks_alone_get_their_message_beside_the_field(client_of, place, draft):
    response = client_of(place.staff).post(
        url("briefing_edit", draft), texts(draft, shortcomings="、", plans="下一步，将")
    )
    message = [
        "Marks alone, or words such as “none” and “to be written”, say nothing in print. Write a sentence, or leave it empty while this is a draft."
    ]
    assert dict(response.context["form"].errors) == {"shortcomings": message, "plans": message}


def test_that_its_unit_was_closed_meanwhile_is_said_wherever_it_goes_on(client_of, place, leader):
    town = services.create_briefing(unit=place.town, since=SINCE, as_of=TODAY, actor=place.staff)
    town = write(town, place.staff, shortcomings="写作课偏少", plans="增开写作课")
    type(place.town).objects.filter(pk=place.town.pk).update(closed_on=TODAY - timedelta(days=3))
    said = "“梧岭镇” was closed on 20 Nov 2026."
    staff = client_of(place.staff)
    detail = staff.get(url("briefing_detail", town))
    assert (said in detail.text, "Compare with what is counted now" in detail.text) == (True, False)
    assert said in staff.get(url("briefing_submit", town)).text
    answer = staff.post(url("briefing_submit", town), {"version": town.version})
    assert said in str(answer.context["form"].errors)
    Briefing.objects.filter(pk=town.pk).update(state="submitted", submitted_on=TODAY, submitted_by=place.staff)
    town.refresh_from_db()
    head = client_of(leader)
    assert said in head.get(url("briefing_issue", town)).text
    assert said in str(head.post(url("briefing_issue", town), {"version": town.version}).context["form"].errors)


def test_clauses_that_keep_the_old_number_are_named_when_it_is_taken_and_before_it_goes_on(client_of, place, complete):
    edited = write(complete, place.staff, opening="全区共有1名同志。")
    TraineeFactory.create(home_unit=place.town)
    client = client_of(place.staff)
    sent = {"version": edited.version, "figure": ["people_total"]}
    said = "“In development” is 2 in the annex; the text still says “全区共有1名同志”."
    after = client.post(url("numbers_take", edited), sent, follow=True)
    assert said in [str(message) for message in after.context["messages"]]
    assert said in client.get(url("briefing_detail", edited)).text
    assert said in client.get(url("briefing_submit", edited)).text


def test_that_lists_leave_somebody_out_stands_with_the_numbers_where_it_may_be(
    client_of, place, draft, trainee, leader
):
    said = "The numbers count everybody of the unit."
    assert said not in client_of(leader).get(url("briefing_detail", draft)).text
    own = TraineeFactory.create(home_unit=place.other_town)
    type(own.person).objects.filter(pk=own.person_id).update(account=leader)
    assert said in client_of(leader).get(url("briefing_detail", draft)).text
    town = services.create_briefing(unit=place.town, since=SINCE, as_of=TODAY, actor=place.staff)
    of_town = place.somebody(Role.LEADER, place.town)
    assert said in client_of(of_town).get(url("briefing_detail", town)).text


def test_it_goes_from_staff_to_the_leader_and_back(client_of, place, complete, leader):
    assert client_of(leader).get(url("briefing_issue", complete)).status_code == 403
    staff = client_of(place.staff)
    staff.post(url("briefing_submit", complete), {"version": complete.version})
    complete.refresh_from_db()
    body = staff.get(url("briefing_detail", complete)).content.decode()
    assert url("briefing_withdraw", complete) in body
    assert url("briefing_edit", complete) not in body
    answer = {"version": complete.version, "reason": "请写明时限"}
    client_of(leader).post(url("briefing_return", complete), answer)
    staff = client_of(place.staff)
    body = staff.get(url("briefing_detail", complete)).content.decode()
    assert "请写明时限" in body
    assert url("briefing_edit", complete) in body
    assert "请写明时限" in staff.get(url("briefing_changes", complete)).content.decode()


def test_text_that_was_sent_after_it_was_handed_on_is_not_lost(client_of, place, complete):
    old = texts(complete, plans="我的打算")
    services.submit_briefing(complete, actor=place.staff)
    response = client_of(place.staff).post(url("briefing_edit", complete), old)
    assert response.status_code == 409
    assert "我的打算" in response.content.decode()


def test_a_leader_issues_what_another_wrote(client_of, submitted, leader):
    client = client_of(leader)
    response = client.post(url("briefing_issue", submitted), {"version": submitted.version}, follow=True)
    assert "The briefing is issued. Text and figures stay as they are now." in response.content.decode()
    submitted.refresh_from_db()
    assert submitted.number == 1
    body = client.get(url("briefing_detail", submitted)).content.decode()
    assert "No. 1 of 2026" in body
    assert "Counted again" not in body


def test_a_claim_that_no_longer_holds_is_named(client_of, place, draft):
    said = "选派1人次到项目建设指挥部锻炼，均按规定履行批准手续并按期返回。"
    client = client_of(place.staff)
    client.post(url("briefing_edit", draft), texts(draft, practice=said))
    body = client.get(url("briefing_detail", draft)).content.decode()
    assert "The text says “均按规定履行批准手续并按期返回”; the records do not bear that out." in body


def test_before_it_is_handed_on_or_issued_what_no_longer_holds_is_named(client_of, place, complete, leader):
    said = "截至2025年12月31日，28名同志得到提拔任职；其余均已答复或说明。"
    edited = write(complete, place.staff, following=said)
    notices = client_of(place.staff).get(url("briefing_submit", edited)).content.decode()
    handed = services.submit_briefing(edited, actor=place.staff)
    for body in (notices, client_of(leader).get(url("briefing_issue", handed)).content.decode()):
        assert "The text says “其余均已答复或说明”; the records do not bear that out." in body
        assert "The text says “截至2025年12月31日”; the briefing is about 1 Jan 2026 to 23 Nov 2026." in body


def test_a_copy_shows_whose_numbers_stand_in_it(client_of, place, complete):
    TraineeFactory.create(home_unit=place.town)
    client = client_of(place.staff)
    days = {"since": "2026-01-01", "as_of": "2026-11-22", "version": complete.version}
    response = client.post(url("briefing_copy", complete), days, follow=True)
    body = response.content.decode()
    assert "Number of 1 Jan 2026 to 23 Nov 2026" in body
    assert "Numbers of another period stand in it. Take over or keep each of them first." in body


def test_a_number_that_the_text_leaves_out_is_said_to_be_left_out(client_of, place, complete, monkeypatch):
    figure = figures["talks"]
    monkeypatch.setitem(figures._items, "talks", replace(figure, count=lambda asked: 4))
    client = client_of(place.staff)
    hint = "The text does not name it: write it there by hand."
    assert hint not in client.get(url("briefing_detail", complete)).content.decode()
    write(complete, place.staff, following="三、跟踪式管理，做到看得准。另行报告。")
    assert hint in client.get(url("briefing_detail", complete)).content.decode()


def test_a_figure_whose_rule_has_changed_shows_the_one_it_was_counted_by(client_of, place, complete, monkeypatch):
    monkeypatch.setitem(figures._items, "talks", replace(figures["talks"], rule="another rule"))
    body = client_of(place.staff).get(url("briefing_detail", complete)).content.decode()
    assert "another rule" not in body


def test_print_word_and_pdf_say_the_same(client_of, place, complete, leader):
    issued = issue(complete, place, leader)
    client = client_of(leader)
    lines = word_lines(client.get(paper("paper_word", issued)).content)
    pages = pdf_pages(client.get(paper("paper_pdf", issued)).content)
    html = "".join(client.get(paper("paper", issued)).content.decode().split())
    for text in (
        "年轻干部工作简报",
        "第 1 期",
        "中共望屿区委组织部编",
        "2026年11月23日",
        "内部资料　注意保管",
        issued.title,
        "四、存在的不足与下一步打算。",
        "写作课偏少。下一步，将增开写作课。",
        "报：区委主要领导、分管领导，市委组织部。",
        "送：各乡镇（街道）党（工）委，区直各单位党组（党委）。",
        "（共印 30 份）",
        "附：数字及统计口径",
        "注：同一人多次派遣按人次计；任职定级不计入提拔晋升。",
    ):
        bare = "".join(text.split())
        assert bare in "".join("".join(lines).split())
        assert bare in "".join(pages)
        assert bare in html.replace("</span>", "").replace('<spanclass="bf-lead">', "").replace("<span>", "")


def test_a_draft_bears_no_number_and_says_what_is_to_be_written(client_of, place, draft):
    body = client_of(place.staff).get(paper("paper", draft)).content.decode()
    assert "第　期" in body
    assert "（待写）。下一步，将（待写）。" in body


@pytest.mark.parametrize(
    ("state", "word"), [("draft", "草稿"), ("returned", "草稿"), ("submitted", "待签发"), ("issued", "")]
)
def test_what_nobody_has_issued_says_so_on_every_output(place, complete, leader, state, word):
    if state != "draft":
        services.submit_briefing(complete, actor=place.staff)
    if state == "returned":
        services.return_briefing(complete, reason="请写明时限", actor=leader)
    if state == "issued":
        services.issue_briefing(complete, actor=leader)
    opened = open_paper(BRIEFING, complete.pk, place.staff, timezone.now())
    page, made = render_to_string("documents/_paper.html", opened.context), texts_of(opened.word())
    told = [name for name, text in made.items() if "草稿" in text or "待签发" in text]
    if not word:
        assert ("paper-state" in page, told) == (False, [])
        assert not any("草稿" in text or "待签发" in text for text in pdf_pages(opened.pdf()))
        return
    assert f"<span>{word}</span>" in page
    assert all(word in text for text in pdf_pages(opened.pdf()))
    assert {name.split("/")[1][:6] for name in told} == {"header", "footer"}


def test_its_changes_are_told(client_of, place, complete):
    body = client_of(place.staff).get(url("briefing_changes", complete)).content.decode()
    assert "Briefing written from figures" in body
    assert "Briefing changed" in body
