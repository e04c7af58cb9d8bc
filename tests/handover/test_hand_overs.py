"""移交记录: what went together is found, printed and saved again as it was signed; what is taken back is struck out."""

import io
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from docx import Document

from cadre_app.core.roles import Role
from cadre_app.handover.models import HandOver, HandOverLine, Material
from cadre_app.handover.papers import SHEET, sheet_url
from cadre_app.handover.services import materials as services
from cadre_app.history.models import Entry
from cadre_app.people.models import Trainee
from tests.factories import PersonFactory, TraineeFactory
from tests.handover.conftest import TODAY, District, Entered

pytestmark = pytest.mark.django_db
LIST = "/materials/handed-over/"
HEADS = ["序号", "姓名", "单位", "材料名称", "形成时间", "备注"]


def went(place: District, *materials: Material, received_by: str = "严正平") -> HandOver:
    keys = [one.pk for one in materials]
    services.hand_over_many(keys, handed_over_on=TODAY, received_by=received_by, actor=place.staff)
    return HandOver.objects.get(lines__material=materials[0], lines__voided_at=None)


def cells(answer: Any) -> list[list[str]]:
    table = Document(io.BytesIO(b"".join(answer))).tables[0]
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_what_went_together_stays_together(place: District, entered: Entered) -> None:
    first, second = entered(remark="原件"), entered(title="获奖证书", formed_on=date(2026, 11, 2))
    services.hand_over(entered(title="另一份"), handed_over_on=TODAY, received_by="严正平", actor=place.staff)
    kept = went(place, first, second)
    assert (kept.handed_over_on, kept.received_by, kept.given_by) == (TODAY, "严正平", place.staff)
    lines = kept.lines.values_list("number", "title", "unit", "formed_on", "remark")
    assert list(lines) == [
        (1, "学历认证报告", "梧岭镇", date(2026, 11, 1), "原件"),
        (2, "获奖证书", "梧岭镇", date(2026, 11, 2), ""),
    ]
    assert HandOver.objects.count() == 2
    assert Entry.objects.filter(verb="handover.hand_over.recorded").count() == 5


def test_the_list_is_printed_and_saved_again_as_it_was_signed(
    place: District, entered: Entered, client_of: Any
) -> None:
    material = entered()
    kept = went(place, material)
    material.refresh_from_db()
    services.change_material(material, kind="other", title="学历认证报告（补）", formed_on=TODAY, actor=place.staff)
    client = client_of(place.staff)
    page = client.get(sheet_url(kept.pk))
    body = page.content.decode()
    assert "签收人：严正平" in body
    assert "学历认证报告（补）" not in body
    word = client.get(reverse("documents:paper_word", kwargs={"kind": SHEET, "pk": kept.pk}))
    assert cells(word) == [HEADS, ["1", "林知远", "梧岭镇", "学历认证报告", "2026年11月1日", ""]]
    assert "%E6%9D%90%E6%96%99" in word.headers["Content-Disposition"]


def test_what_is_taken_back_is_struck_out_and_goes_again(place: District, entered: Entered, client_of: Any) -> None:
    material, other = entered(), entered(title="获奖证书", formed_on=date(2026, 11, 2))
    kept = went(place, material, other)
    material.refresh_from_db()
    services.take_back(material, reason="误登", actor=place.staff)
    client = client_of(place.staff)
    assert [(row["number"], row["remark"]) for row in client.get(sheet_url(kept.pk)).context["v"]["rows"]] == [
        ("1", "移交已撤回"),
        ("2", ""),
    ]
    [row] = client.get(LIST).context["table"].rows
    assert (row.object.papers, row.object.struck) == (1, 1)
    again = went(place, material, received_by="何守谦")
    assert again.pk != kept.pk
    hand_overs = client.get(f"/materials/{material.pk}/").context["hand_overs"]
    assert [(line.hand_over.received_by, line.is_voided) for line, _url in hand_overs] == [
        ("何守谦", False),
        ("严正平", True),
    ]


def test_a_paper_goes_once(place: District, entered: Entered) -> None:
    kept = went(place, entered())
    line = kept.lines.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        HandOverLine.objects.create(
            hand_over=kept, material=line.material, number=2, unit="x", title="x", formed_on=TODAY
        )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 1),
        ("?q=lzy", 1),
        ("?q=陈", 0),
        (f"?since={TODAY:%Y-%m-%d}", 1),
        ("?until=2026-11-01", 0),
        ("?sort=handed_over_on", 1),
    ],
)
def test_hand_overs_are_found_again(place: District, entered: Entered, client_of: Any, query: str, found: int) -> None:
    went(place, entered())
    assert len(client_of(place.staff).get(LIST + query).context["table"].rows) == found


def test_everybody_reads_the_lines_of_their_scope(place: District, entered: Entered, client_of: Any) -> None:
    person = PersonFactory.create(name="周以宁")
    foreign: Trainee = TraineeFactory.create(person=person, home_unit=place.other_town)
    head = place.somebody(Role.STAFF, place.top)
    kept = went(place, entered(), entered(person=foreign.person, title="外镇材料", actor=head))
    mine = client_of(place.somebody(Role.STAFF, place.town))
    assert [row["title"] for row in mine.get(sheet_url(kept.pk)).context["v"]["rows"]] == ["学历认证报告"]
    [row] = mine.get(LIST).context["table"].rows
    assert row.object.papers == 1
    assert mine.get(LIST, {"q": "周以宁"}).context["table"].rows == []
    alone = went(place, entered(person=foreign.person, title="只在外镇", actor=head))
    assert mine.get(sheet_url(alone.pk)).status_code == 404
    assert mine.get(sheet_url(uuid4())).status_code == 404
    liaison = client_of(place.somebody(Role.LIAISON, place.town))
    assert (liaison.get(LIST).status_code, liaison.get(sheet_url(kept.pk)).status_code) == (404, 404)


def test_the_list_of_hand_overs_costs_the_same_with_three(place: District, entered: Entered, client_of: Any) -> None:
    client = client_of(place.staff)
    went(place, entered())
    client.get(LIST)
    counts = []
    for number in (0, 2):
        for each in range(number):
            went(place, entered(title=f"材料{each}"), entered(title=f"附件{each}"))
        with CaptureQueriesContext(connection) as found:
            client.get(LIST)
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_the_list_to_sign_is_chinese_whoever_prints_and_the_same_in_word(
    place: District, entered: Entered, client_of: Any
) -> None:
    entered()
    client = client_of(place.staff)
    with translation.override("en"):
        body = client.get("/materials/sheet/", headers={"Accept-Language": "en"}).content.decode()
    assert all(f">{head}<" in body for head in HEADS)
    assert "接收单位（盖章）" in body
    assert cells(client.get("/materials/sheet/word/"))[0] == HEADS


def test_a_list_that_is_full_says_how_many_are_left(
    place: District, entered: Entered, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST", 1)
    entered()
    entered(title="获奖证书")
    client = client_of(place.staff)
    left = "另有1份待移交材料未列入本清单。"
    assert client.get("/materials/sheet/").context["v"]["left"] == left
    document = Document(io.BytesIO(b"".join(client.get("/materials/sheet/word/"))))
    assert (left in [paragraph.text for paragraph in document.paragraphs], len(document.tables[0].rows)) == (True, 2)


def test_the_form_of_handing_over_does_not_open_twice(place: District, entered: Entered, client_of: Any) -> None:
    material = entered()
    went(place, material)
    answer = client_of(place.staff).get(f"/materials/{material.pk}/hand-over/")
    assert (answer.status_code, answer["Location"]) == (302, f"/materials/{material.pk}/")


def test_a_hand_over_is_corrected_as_a_whole(place: District, entered: Entered, client_of: Any) -> None:
    kept = went(place, entered(), entered(title="获奖证书", formed_on=date(2026, 11, 2)))
    client, url = client_of(place.staff), f"{LIST}{kept.pk}/"
    assert f"{url}edit/" in client.get(url).content.decode()
    values = {"handed_over_on": "2026-11-20", "received_by": "何守谦", "version": kept.version}
    assert client.post(f"{url}edit/", values)["Location"] == url
    kept.refresh_from_db()
    assert (kept.handed_over_on, kept.received_by) == (date(2026, 11, 20), "何守谦")
    assert set(Material.objects.values_list("handed_over_on", "received_by")) == {(date(2026, 11, 20), "何守谦")}
    early = client.post(f"{url}edit/", values | {"handed_over_on": "2026-10-01", "version": kept.version})
    assert "handed_over_on" in early.context["form"].errors


def test_a_hand_over_is_taken_back_as_a_whole_with_one_reason(
    place: District, entered: Entered, client_of: Any
) -> None:
    kept = went(place, entered(), entered(title="获奖证书", formed_on=date(2026, 11, 2)))
    client, url = client_of(place.staff), f"{LIST}{kept.pk}/"
    answer = client.post(f"{url}take-back/", {"reason": "登错了", "version": kept.version})
    assert answer["Location"] == url
    assert Material.objects.waiting().count() == 2
    page = client.get(url)
    assert ([line.is_voided for line in page.context["lines"]], page.context["may_change"]) == ([True, True], False)
    told = [one for one in page.context["entries"] if one.verb == "handover.hand_over.taken_back"]
    assert [(one.actor, one.reason) for one in told] == [(place.staff, "登错了")]
    assert page.context["went"] == 0
    assert client.get(f"{url}edit/").status_code == 403


def test_whoever_keeps_a_part_alone_changes_nothing_of_the_whole(
    place: District, entered: Entered, client_of: Any
) -> None:
    person = PersonFactory.create(name="周以宁")
    foreign: Trainee = TraineeFactory.create(person=person, home_unit=place.other_town)
    head = place.somebody(Role.STAFF, place.top)
    kept = went(place, entered(), entered(person=foreign.person, title="外镇材料", actor=head))
    mine, url = client_of(place.somebody(Role.STAFF, place.town)), f"{LIST}{kept.pk}/"
    assert [line.title for line in mine.get(url).context["lines"]] == ["学历认证报告"]
    assert (mine.get(f"{url}edit/").status_code, client_of(head).get(f"{url}edit/").status_code) == (403, 200)


def test_a_file_voided_since_keeps_nobody_from_correcting_or_taking_back_what_went(
    place: District, entered: Entered, client_of: Any
) -> None:
    second: Trainee = TraineeFactory.create(person=PersonFactory.create(name="周以宁"), home_unit=place.town)
    kept = went(place, entered(), entered(person=second.person, title="毕业证书"))
    Trainee.objects.filter(pk=second.pk).update(voided_at=timezone.now())
    client, url = client_of(place.staff), f"{LIST}{kept.pk}/"
    values = {"handed_over_on": "2026-11-20", "received_by": "何守谦", "version": kept.version}
    assert client.post(f"{url}edit/", values)["Location"] == url
    assert set(Material.objects.values_list("received_by", flat=True)) == {"何守谦"}
    kept.refresh_from_db()
    assert client.post(f"{url}take-back/", {"reason": "登错了", "version": kept.version})["Location"] == url
    assert set(Material.objects.values_list("handed_over_on", flat=True)) == {None}
    other = client_of(place.somebody(Role.STAFF, place.other_town))
    assert other.get(f"{url}edit/").status_code == 404
