"""Pages of postings: what they offer, what they show whom, what a refusal keeps, what they cost."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from cadre_app.assignments.models import Posting, PostingAppraisal, PostingMode
from cadre_app.assignments.services import appraisals, approvals, postings
from cadre_app.core.signing import checked_text
from tests.assignments.postings.conftest import START, Room
from tests.factories import PersonFactory, TraineeFactory
from tests.files.made import pdf

pytestmark = pytest.mark.django_db

FILLED = {"kind": "task_force", "mode": "full", "host_level": "district", "started_on": "2026-09-01"}


def page(posting: Posting, name: str = "posting_detail") -> str:
    return reverse(f"assignments:{name}", kwargs={"pk": posting.pk})


def new(room: Room, query: str = "?front=headquarters") -> str:
    return reverse("assignments:posting_propose", kwargs={"pk": room.trainee.pk}) + query


def typed(room: Room, **values: Any) -> dict[str, Any]:
    return FILLED | {"unit": str(room.unit.pk), "due_on": "2027-02-28"} | values


def queries(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_the_front_offers_its_tasks_and_takes_free_lines(room: Room, sign_in: Any) -> None:
    client = sign_in(room.staff)
    choices = client.get(new(room)).context["form"]["offered"].field.choices
    first = choices[0][0]
    data = typed(room, offered=[first], tasks="工程建设宣传\n\n工程建设宣传")
    posting = Posting.objects.get(pk=client.post(new(room), data).url.split("/")[-2])
    assert (len(choices), posting.front.key, posting.tasks) == (5, "headquarters", f"{first}\n工程建设宣传")


def test_a_refusal_keeps_what_was_typed(room: Room, sign_in: Any) -> None:
    room.proposed()
    response = sign_in(room.staff).post(new(room, "?kind=task_force"), typed(room, tasks="入户走访"))
    form = response.context["form"]
    assert list(form.errors) == ["started_on"]
    assert "入户走访" in response.content.decode()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"tasks": ""}, "tasks"),
        ({"tasks": "任" * 401}, "tasks"),
        ({"tasks": "绝密★一年"}, "tasks"),
        ({"tasks": "入户", "unit": "00000000-0000-0000-0000-000000000000"}, "unit"),
        ({"tasks": "入户", "kind": "village"}, "kind"),
        ({"tasks": "入户", "started_on": "2026-02-30"}, "started_on"),
    ],
)
def test_bad_input_comes_back_beside_its_field(room: Room, sign_in: Any, values: dict[str, str], field: str) -> None:
    form = sign_in(room.staff).post(new(room), typed(room, **values)).context["form"]
    assert list(form.errors) == [field]


def test_a_file_of_sixty_megabytes_is_refused_and_the_rest_is_kept(room: Room, sign_in: Any) -> None:
    large = SimpleUploadedFile("批复.pdf", b"%PDF-1.4" + b"0" * (21 * 1024 * 1024), "application/pdf")
    data = typed(room, tasks="入户", document_files=large)
    response = sign_in(room.staff).post(new(room), data)
    assert list(response.context["form"].errors) == ["document_files"]
    assert not Posting.objects.exists()


def test_in_the_village_term_the_uploaded_approval_opens_the_way(room: Room, sign_in: Any) -> None:
    room.in_village()
    client = sign_in(room.staff)
    data = typed(room, tasks="入户", superior_document="市委组〔2026〕7号")
    assert list(client.post(new(room), data).context["form"].errors) == ["superior_files"]
    approval = SimpleUploadedFile("批复.pdf", pdf("批复"), "application/pdf")
    assert client.post(new(room), data | {"superior_files": approval}).status_code == 302


def test_on_the_petitions_front_the_form_says_what_not_to_enter(room: Room, sign_in: Any) -> None:
    client = sign_in(room.staff)
    notice = "请勿填写信访人姓名、住址、诉求细节以及稳控措施。"
    found = [notice in client.get(new(room, f"?front={key}")).content.decode() for key in ("petitions", "relief")]
    assert found == [True, False]


def test_people_are_offered_with_reasons_in_the_official_order(room: Room, sign_in: Any) -> None:
    room.in_village()
    room.approved(mode=PostingMode.HALF)
    other = TraineeFactory.create(person=PersonFactory.create(name="陈予安"), home_unit=room.district.other_town)
    rows = sign_in(room.staff).get("/postings/new/?front=headquarters").context["table"].rows
    assert [row.object.pk for row in rows] == [room.trainee.pk, other.pk]
    assert [[reason.state for reason in row.object.reasons] for row in rows] == [["soon", "soon"], ["none", "none"]]


def test_lists_and_pages_cost_the_same_however_many_rows(room: Room, sign_in: Any) -> None:
    posting = room.proposed(mode=PostingMode.HALF)
    urls = ["/postings/new/?front=headquarters", "/postings/approvals/", page(posting)]
    staff = sign_in(room.staff)
    found = [queries(staff, url) for url in urls]
    for number in range(2):
        file = TraineeFactory.create(person=PersonFactory.create(name=f"王{number}"), home_unit=room.district.town)
        room.proposed(trainee=file)
        room.proposed(mode=PostingMode.HALF, started_on=START)
    assert [queries(staff, url) for url in urls] == found == [12, 7, 15]


def test_whoever_checked_it_reads_that_another_leader_signs(room: Room, sign_in: Any) -> None:
    posting = approvals.check_posting(room.proposed(), actor=room.chief)
    seen = {}
    for user in (room.chief, room.leader):
        client = sign_in(user)
        detail, queue = client.get(page(posting)), client.get("/postings/approvals/").content.decode()
        sent = client.post(page(posting, "posting_sign_off"), {"version": posting.version, "signed_on": "2026-11-24"})
        desk = client.get("/").content.decode()
        link = page(posting, "posting_sign_off")
        seen[user] = (
            checked_text() in detail.content.decode(),
            _("Checked by you") in queue, link in queue, link in desk, sent.status_code,
        )  # fmt: skip
    assert seen == {room.chief: (True, True, False, False, 403), room.leader: (False, False, True, True, 200)}


def test_an_old_page_of_the_sign_off_says_that_the_posting_was_changed_and_keeps_what_was_typed(
    room: Room, sign_in: Any
) -> None:
    posting = approvals.check_posting(room.proposed(), actor=room.chief)
    facts = {name: getattr(posting, name) for name in ("kind", "mode", "unit", "started_on", "due_on")}
    postings.change_posting(posting, **facts, tasks="改写的任务", actor=room.staff)
    sent = {"version": posting.version, "document_number": "望委组〔2026〕77号", "signed_on": "2026-11-23"}
    answer = sign_in(room.leader).post(page(posting, "posting_sign_off"), sent)
    body = answer.content.decode()
    assert (answer.status_code, "望委组〔2026〕77号" in body, page(posting) in body) == (409, True, True)
    assert sign_in(room.chief).post(page(posting, "posting_sign_off"), sent).status_code == 409
    assert sign_in(room.staff).post(page(posting, "posting_sign_off"), sent).status_code == 403
    assert Posting.objects.get(pk=posting.pk).state == "proposed"


def test_the_person_reads_what_is_signed_off_without_reason_and_notes(room: Room, sign_in: Any) -> None:
    posting = room.proposed(reason="部领导点名", superior_document="市委组〔2026〕7号")
    client = sign_in(room.own)
    assert client.get(page(posting)).status_code == 404
    approvals.check_posting(posting, actor=room.chief)
    approvals.sign_off_posting(posting, actor=room.leader)
    body = client.get(page(posting)).content.decode()
    assert ("工程建设宣传" in body, "部领导点名" in body, "市委组〔2026〕7号" in body) == (True, False, False)


def test_the_host_sees_the_own_postings_until_the_appraisal_is_confirmed(room: Room, sign_in: Any) -> None:
    posting = room.returned()
    client = sign_in(room.host.account)
    lines = client.get("/hosts/").context["lines"]
    assert [(line.posting.pk, line.may_write) for line in lines] == [(posting.pk, True)]
    words = {"duties": "参与入户", "opinion": "踏实", "signatory": "郑工", "version": posting.version}
    assert client.post(page(posting, "appraisal_write"), words).status_code == 302
    appraisals.confirm_appraisal(PostingAppraisal.objects.get(), actor=room.staff)
    assert [client.get(url).status_code for url in ("/hosts/", page(posting))] == [404, 404]


def test_an_old_page_of_an_appraisal_meets_the_new_text(room: Room, sign_in: Any) -> None:
    posting = room.returned()
    words = {"duties": "参与入户", "opinion": "踏实", "signatory": "郑工"}
    appraisals.write_appraisal(posting, **words, actor=room.host.account)
    appraisals.write_appraisal(posting, **words | {"opinion": "很踏实"}, actor=room.host.account)
    response = sign_in(room.host.account).post(page(posting, "appraisal_write"), words | {"version": 1})
    assert response.status_code == 409


def test_staff_confirm_the_appraisal_that_they_read(room: Room, sign_in: Any) -> None:
    posting = room.returned()
    words = {"duties": "参与入户", "opinion": "踏实", "signatory": "郑工"}
    appraisals.write_appraisal(posting, **words, actor=room.host.account)
    client, url = (
        sign_in(room.staff),
        reverse("assignments:appraisal_confirm", args=[PostingAppraisal.objects.get().pk]),
    )
    assert "踏实" in client.get(url).content.decode()
    appraisals.write_appraisal(posting, **words | {"opinion": "很踏实"}, actor=room.host.account)
    response = client.post(url, {"version": 1})
    assert (response.status_code, "很踏实" in response.content.decode()) == (409, True)
    assert b'name="version"' not in response.content
    assert PostingAppraisal.objects.get().confirmed_on is None


def test_the_desk_shows_what_waits_for_whom(room: Room, sign_in: Any) -> None:
    posting = room.proposed(actor=room.liaison)
    waits = {"staff": room.staff, "leader": room.leader}

    def on_desk(user: Any) -> list[str]:
        desk = sign_in(user).get("/").context["desk"]
        return [item.url for group in desk.groups for item in group.items if "/postings/" in item.url]

    assert [on_desk(user) for user in waits.values()] == [[page(posting)], [page(posting)]]
    approvals.check_posting(posting, actor=room.staff)
    assert [on_desk(user) for user in waits.values()] == [[], [page(posting, "posting_sign_off")]]


def test_the_edit_of_a_liaison_keeps_the_supervisor(room: Room, sign_in: Any) -> None:
    posting = room.proposed(actor=room.liaison)
    data = typed(room, tasks="入户", version=posting.version)
    data["unit"], data["host_name"] = "", "市信访局"
    assert sign_in(room.liaison).post(page(posting, "posting_edit"), data).status_code == 302
    posting.refresh_from_db()
    assert (posting.host, posting.supervisor, posting.proposed_by) == ("市信访局", room.host, room.liaison)


def test_tasks_of_a_front_are_edited_line_by_line(room: Room, sign_in: Any) -> None:
    client = sign_in(room.staff)
    front = client.get("/postings/fronts/").context["fronts"].get(key="relief")
    url = reverse("assignments:front_edit", kwargs={"pk": front.pk})
    names = {"name_zh": "抢险救灾第一线", "name_en": "Relief", "version": front.version}
    assert list(client.post(url, names | {"tasks": "务" * 61}).context["form"].errors) == ["tasks"]
    assert client.post(url, names | {"tasks": "值班\n物资发放"}).status_code == 302
    assert [task.text for task in front.tasks.standing().order_by("order")] == ["值班", "物资发放"]
