"""结对协议 and 聘书: what they say, who may open them, and that nothing stands on them that is not for their readers."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.mentorship.documents import AGREEMENT, LETTER
from cadre_app.mentorship.goals import goals_for_paper
from cadre_app.mentorship.models import MentorKind, Pairing, PairingGoal
from cadre_app.mentorship.services import agreements, goals, pairings
from cadre_app.people.models import Person, Trainee
from tests.documents.made import pdf_pages, word_lines
from tests.mentorship.pairings.conftest import STARTED, account_of, in_office
from tests.people.conftest import TODAY

pytestmark = pytest.mark.django_db(transaction=True)
FORMS = ("paper", "paper_word", "paper_pdf")


@pytest.fixture
def staff(client_of, place):
    return client_of(place.staff)


@pytest.fixture
def running(pairing, trainee) -> Pairing:
    """As `pairing`, the trainee with a post and a phone."""
    Trainee.objects.filter(pk=trainee.pk).update(post="党政综合办公室科员")
    Person.objects.filter(pk=trainee.person_id).update(phone="13900005501")
    Person.objects.filter(pk=pairing.mentor_id).update(phone="13900005502")
    return Pairing.objects.get()


def url(kind: str, pairing: Pairing, form: str = "paper") -> str:
    return reverse(f"documents:{form}", kwargs={"kind": kind, "pk": pairing.pk})


def words(client, kind: str, pairing: Pairing) -> list[str]:
    return word_lines(client.get(url(kind, pairing, "paper_word")).content)


def test_the_agreement_says_who_what_and_how(staff, running):
    assert words(staff, AGREEMENT, running) == [
        "青蓝结对协议",
        "甲方（组织部门）：中共望屿区委组织部",
        "乙方（政治淬炼导师）：庄世恒，梧岭镇党委书记",
        "丙方（帮带对象）：林知远，梧岭镇党政综合办公室科员",
        "为做好引进生、选调生跟踪培养工作，甲、乙、丙三方就青蓝结对有关事项达成如下协议。",
        "一、结对关系和期限",
        "甲方安排乙方担任丙方的政治淬炼导师，结对期限自2026年8月20日起至2028年8月19日止。",
        "二、帮带目标",
        "（一）乙方目标",
        "1．每月至少与帮带对象谈一次思想和工作，每半年指导参加一次党委（党组）理论学习或重要会议；指导完成一项急难工作并复盘。",
        "2．帮助制定两年成长计划，明确熟悉业务、独立承担、带头攻坚三个阶段的任务。",
        "（二）丙方目标",
        "1．到村任职期间完成一篇国情调研报告，办成一件群众看得见的实事。",
        "三、帮带方式",
        "（一）乙方与丙方至少每30天见面一次。",
        "（二）乙方每月撰写帮带记录不少于1次。",
        "四、三方约定",
        "（一）坚持实事求是，不以帮带名义安排与工作无关的事项，不增加基层负担。",
        "（二）帮带记录如实、简要，不写入国家秘密、工作秘密、信访人信息以及与工作无关的个人隐私。",
        "（三）帮带情况不打分、不排名。",
        "（四）乙方职务变动或者丙方工作调动的，由甲方办理结对交接。",
        "五、协议效力",
        "本协议一式三份，甲、乙、丙三方各执一份，自三方签字（盖章）之日起生效。",
        "导师（签字）：",
        "帮带对象（签字）：",
        "组织部（盖章）：",
        *["　　年　月　日"] * 3,
    ]


@pytest.mark.parametrize("kind", [AGREEMENT, LETTER])
@pytest.mark.parametrize("numbered", [False, True])
def test_print_view_word_and_pdf_hold_the_same_words(staff, running, kind, numbered):
    if numbered:
        staff.post(url(kind, running, "paper_number"), {"submission": ""})
    lines = words(staff, kind, running)
    page = staff.get(url(kind, running)).content.decode()
    pdf = "".join(pdf_pages(staff.get(url(kind, running, "paper_pdf")).content))
    missing = [line for line in lines if line not in page or "".join(line.split()) not in pdf.replace("—1—", "")]
    assert (missing, ["〔2026〕1号" in text for text in ("".join(lines), page, pdf)]) == ([], [numbered] * 3)


def test_the_agreement_fits_two_pages_that_are_numbered(staff, running):
    pages = pdf_pages(staff.get(url(AGREEMENT, running, "paper_pdf")).content)
    assert [f"—{number}—" in text for number, text in enumerate(pages, 1)] == [True, True]


def test_only_a_line_at_the_foot_of_the_agreement_names_who_printed_it(staff, place, running):
    mark = f"内部资料注意保管{place.staff.display_name}2026年11月23日12:00"
    pages = pdf_pages(staff.get(url(AGREEMENT, running, "paper_pdf")).content)
    letter = pdf_pages(staff.get(url(LETTER, running, "paper_pdf")).content)
    assert ([text.count(mark) for text in pages], ["内部资料" in text for text in letter]) == ([1, 1], [False])


def test_the_letter_appoints_the_mentor_for_the_term(staff, running):
    assert words(staff, LETTER, running) == [
        "聘　书",
        "兹聘请庄世恒同志担任林知远同志的政治淬炼导师，聘期自2026年8月20日起至2028年8月19日止。",
        "特发此聘书。",
        "中共望屿区委组织部",
        "2026年11月23日",
    ]


def test_neither_a_phone_nor_the_reason_of_a_choice_stands_on_a_paper(staff, place, trainee):
    Person.objects.filter(pk=trainee.person_id).update(phone="13900005501")
    chosen = in_office(place.other_town, "镇长", "钟文清").person
    Person.objects.filter(pk=chosen.pk).update(phone="13900005502")
    pairing = pairings.create_pairing(
        trainee,
        kind=MentorKind.COMMUNITY,
        mentor=chosen,
        choice_reason="书记空缺",
        started_on=STARTED,
        actor=place.staff,
    )
    told = "".join(words(staff, AGREEMENT, pairing) + words(staff, LETTER, pairing))
    assert "乙方（群众工作导师）：钟文清，潮音镇镇长" in told
    assert [text for text in ("书记空缺", "13900005501", "13900005502") if text in told] == []


@pytest.mark.parametrize("form", FORMS)
def test_who_may_open_what(client_of, place, running, form):
    def statuses(user) -> list[int]:
        client = client_of(user)
        return [client.get(url(kind, running, form)).status_code for kind in (AGREEMENT, LETTER)]

    found = {
        "leader": statuses(place.somebody(Role.LEADER, place.top)),
        "liaison": statuses(place.somebody(Role.LIAISON, place.town)),
        "other liaison": statuses(place.somebody(Role.LIAISON, place.other_town)),
        "mentor": statuses(account_of(running.mentor)),
        "trainee": statuses(account_of(running.trainee.person)),
    }
    assert found == {
        "leader": [200, 200],
        "liaison": [200, 200],
        "other liaison": [404, 404],
        "mentor": [200, 200],
        "trainee": [200, 404],
    }


def test_a_mentor_opens_nothing_once_the_pairing_has_ended_and_nobody_what_was_voided(client_of, place, running):
    mentor = account_of(running.mentor)
    pairings.end_pairing(running, ended_on=TODAY, end_kind="early", reason="调动", actor=place.staff)
    assert client_of(mentor).get(url(LETTER, running)).status_code == 404
    assert client_of(place.staff).get(url(LETTER, running)).status_code == 200
    running.refresh_from_db()
    pairings.void_pairing(running, reason="误录", actor=place.staff)
    assert client_of(place.staff).get(url(AGREEMENT, running)).status_code == 404


def test_the_page_of_the_pairing_leads_to_what_one_may_open(client_of, place, running):
    def links(user) -> list[bool]:
        page = client_of(user).get(reverse("mentorship:pairing_detail", kwargs={"pk": running.pk})).content.decode()
        return [url(kind, running) in page for kind in (AGREEMENT, LETTER)]

    assert (links(place.staff), links(account_of(running.mentor))) == ([True, True], [True, True])
    assert links(account_of(running.trainee.person)) == [True, False]


@pytest.mark.parametrize(("who", "status"), [(Role.STAFF, 302), (Role.LEADER, 403), (Role.LIAISON, 403)])
def test_staff_give_numbers(client_of, place, running, who, status):
    client = client_of(place.somebody(who, place.top))
    assert client.post(url(LETTER, running, "paper_number"), {"submission": ""}).status_code == status
    assert Entry.objects.filter(verb="documents.number.given").count() == (status == 302)


def test_each_series_counts_for_itself(staff, running):
    for kind in (AGREEMENT, LETTER):
        staff.post(url(kind, running, "paper_number"), {"submission": ""})
    assert [words(staff, kind, running)[1] for kind in (AGREEMENT, LETTER)] == [
        "望青结〔2026〕1号",
        "望青聘〔2026〕1号",
    ]


def test_an_agreement_without_goals_leaves_them_to_the_three(staff, running):
    PairingGoal.objects.all().delete()
    lines = words(staff, AGREEMENT, running)
    rule = "（一）坚持实事求是，不以帮带名义安排与工作无关的事项，不增加基层负担。"
    assert ("由三方另行商定，作为本协议附件。" in lines, rule in lines, "（一）乙方目标" in lines) == (
        True,
        True,
        False,
    )
    assert "由三方另行商定，作为本协议附件。" in staff.get(url(AGREEMENT, running)).content.decode()


def test_a_goal_that_was_added_after_the_signing_says_so(running, place):
    agreements.sign_agreement(running, signed_on=TODAY, actor=place.staff)
    goals.add_goal(running, side="trainee", text="独立主持一次村民小组会议。", actor=place.staff)
    running.refresh_from_db()
    side, text = goals_for_paper(running)[-1]
    assert (side, text) == ("trainee", "独立主持一次村民小组会议。（协议签订后新增）")


@pytest.mark.parametrize(("form", "count"), [("paper", 12), ("paper_word", 12), ("paper_pdf", 11)])
def test_a_paper_asks_the_same_few_queries(staff, running, django_assert_num_queries, form, count):
    staff.get(url(AGREEMENT, running, form))
    with django_assert_num_queries(count):
        staff.get(url(AGREEMENT, running, form))
    PairingGoal.objects.bulk_create(
        PairingGoal(pairing=running, position=9 + number, side="trainee", text=f"第{number}项。")
        for number in range(30)
    )
    with django_assert_num_queries(count):
        staff.get(url(AGREEMENT, running, form))


def test_names_with_rare_characters_and_braces_are_printed(staff, running):
    Person.objects.filter(pk=running.mentor_id).update(name="王𠮷㛃·{{ 7 }}")
    pdf = pdf_pages(staff.get(url(LETTER, running, "paper_pdf")).content)[0]
    assert (words(staff, LETTER, running)[1][:13], pdf[2:16]) == ("兹聘请王𠮷㛃·{{ 7 }", "兹聘请王𠮷㛃·{{7}}同志")


def test_the_agreement_in_word_bears_its_line_on_every_page(staff, running):
    with ZipFile(BytesIO(staff.get(url(AGREEMENT, running, "paper_word")).content)) as word:
        used = re.findall(r'Target="(footer\d+\.xml)"', word.read("word/_rels/document.xml.rels").decode())
        feet = [word.read(f"word/{name}").decode() for name in used]
    assert (len(feet) > 0, [("内部资料 注意保管" in foot) for foot in feet]) == (True, [True] * len(feet))
