"""材料归档清单 on the page: the list, what it costs, handing over, the sheet, and bad input."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cadre_app.core.registries import job_kinds
from cadre_app.core.roles import Role
from cadre_app.handover.models import Material
from cadre_app.handover.services import materials as services
from tests.handover.conftest import TODAY, District, Entered

pytestmark = pytest.mark.django_db
LIST = "/materials/"


def listed(client: Any, query: str = "") -> list[str]:
    return [row.object.title for row in client.get(LIST + query).context["table"].rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["学历认证报告"]),
        ("?state=", ["学历认证报告", "获奖证书"]),
        ("?state=waiting", ["学历认证报告"]),
        ("?state=late", ["学历认证报告"]),
        ("?state=gone", ["获奖证书"]),
        ("?state=voided", []),
        ("?q=lzy", ["学历认证报告"]),
        ("?q=lzy&state=", ["学历认证报告", "获奖证书"]),
        ("?q=陈", []),
        ("?kind=annual", []),
        ("?state=gone&since=2026-10-15", ["获奖证书"]),
        ("?until=2026-10-15", ["学历认证报告"]),
        ("?state=&sort=-due_on", ["获奖证书", "学历认证报告"]),
        ("?state=&sort=received_by", ["学历认证报告", "获奖证书"]),
    ],
)
def test_what_the_list_is_narrowed_to(
    place: District, entered: Entered, client_of: Any, query: str, found: list[str]
) -> None:
    entered(formed_on=date(2026, 10, 1))
    gone = entered(title="获奖证书")
    services.hand_over(gone, handed_over_on=TODAY, received_by="严正平", actor=place.staff)
    assert listed(client_of(place.staff), query) == found


def test_the_list_costs_the_same_with_three_rows(place: District, entered: Entered, client_of: Any) -> None:
    client = client_of(place.staff)
    entered()
    client.get(LIST)
    counts = []
    for number in (0, 2):
        for each in range(number):
            entered(title=f"材料{each}")
        with CaptureQueriesContext(connection) as found:
            client.get(LIST)
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_the_list_is_empty_for_another_unit_and_no_page_for_a_liaison(
    place: District, entered: Entered, client_of: Any
) -> None:
    material = entered()
    elsewhere = client_of(place.somebody(Role.STAFF, place.other_town))
    assert listed(elsewhere) == []
    assert elsewhere.get(f"{LIST}{material.pk}/").status_code == 404
    assert client_of(place.somebody(Role.LIAISON, place.town)).get(LIST).status_code == 404


def test_many_are_handed_over_after_one_question(place: District, entered: Entered, client_of: Any) -> None:
    first, second = entered(), entered(title="获奖证书")
    client = client_of(place.staff)
    url = reverse("handover:material_hand_over_many")
    asked = client.post(url, {"pick": [str(first.pk), str(second.pk)]})
    assert {row.pk for row in asked.context["rows"]} == {first.pk, second.pk}
    wrong = client.post(
        url, {"pick": [str(first.pk)], "confirmed": "1", "handed_over_on": "2026-11-20", "received_by": ""}
    )
    assert list(wrong.context["form"].errors) == ["received_by"]
    named = client.post(url, {"all": "1", "query": "state=waiting"}).context["rows"]
    later = entered(title="在问过之后形成")
    data = {"pick": [str(row.pk) for row in named], "handed_over_on": "2026-11-20", "received_by": "严正平"}
    done = client.post(url, data | {"confirmed": "1", "all": "1", "query": "state=waiting"})
    assert (done.status_code, list(Material.objects.waiting())) == (302, [later])


def test_a_paper_of_a_foreign_unit_is_not_handed_over_with_others(
    place: District, entered: Entered, client_of: Any
) -> None:
    material = entered()
    elsewhere = client_of(place.somebody(Role.STAFF, place.other_town))
    data = {"pick": [str(material.pk)], "confirmed": "1", "handed_over_on": "2026-11-20", "received_by": "严正平"}
    page = elsewhere.post(reverse("handover:material_hand_over_many"), data)
    assert (page.status_code, Material.objects.waiting().count()) == (200, 1)


def test_the_sheet_holds_what_waits_and_the_workbook_what_is_shown(
    place: District, entered: Entered, client_of: Any
) -> None:
    entered()
    gone = entered(title="获奖证书")
    services.hand_over(gone, handed_over_on=TODAY, received_by="=严正平", actor=place.staff)
    page = client_of(place.staff).get(reverse("handover:material_sheet"))
    assert [row["title"] for row in page.context["v"]["rows"]] == ["学历认证报告"]
    kind = job_kinds["handover.materials"]
    assert kind.table is not None
    table = kind.table(place.staff, QueryDict("state=gone"))
    assert [row.object.title for row in table.rows] == ["获奖证书"]


def test_an_old_tab_meets_both_texts(place: District, entered: Entered, client_of: Any) -> None:
    material = entered()
    services.change_material(
        material, kind="other", title="学历认证报告（补）", formed_on=date(2026, 11, 1), version=1, actor=place.staff
    )
    data = {"version": "1", "kind": "other", "title": "我的名称", "formed_on": "2026-11-01"}
    page = client_of(place.staff).post(reverse("handover:material_edit", kwargs={"pk": material.pk}), data)
    body = page.content.decode()
    assert (page.status_code, "学历认证报告（补）" in body, "我的名称" in body) == (409, True, True)


def test_a_paper_is_entered_for_somebody_who_is_picked(place: District, file: Any, client_of: Any) -> None:
    client = client_of(place.staff)
    url = reverse("handover:material_new")
    data = {"person": str(file.person_id), "kind": "education", "title": "学位证书", "formed_on": "2026-11-05"}
    assert list(client.post(url, data | {"person": ""}).context["form"].errors) == ["person"]
    done = client.post(url, data)
    material = Material.objects.get(title="学位证书")
    assert (done.status_code, done["Location"]) == (302, f"{LIST}{material.pk}/")


def test_the_page_of_a_paper_offers_what_may_be_done(place: District, entered: Entered, client_of: Any) -> None:
    material = entered()
    leader = client_of(place.somebody(Role.LEADER, place.top))
    page = leader.get(f"{LIST}{material.pk}/")
    assert (page.context["may_change"], page.context["may_restore"]) == (False, False)
    assert leader.post(f"{LIST}{material.pk}/void/", {"reason": "误录", "version": "1"}).status_code == 403
    staff = client_of(place.staff)
    assert staff.get(f"{LIST}{material.pk}/").context["may_change"] is True
    assert staff.post(f"{LIST}{material.pk}/void/", {"reason": "误录", "version": "1"}).status_code == 302
    assert staff.post(f"{LIST}{material.pk}/restore/", {"version": "2"}).status_code == 302


def test_every_question_has_a_button_with_words(place: District, entered: Entered, client_of: Any) -> None:
    gone = services.hand_over(entered(), handed_over_on=TODAY, received_by="严正平", actor=place.staff)
    client = client_of(place.staff)
    for act in ("take-back", "void"):
        page = client.get(f"{LIST}{gone.pk}/{act}/").content.decode()
        assert 'type="submit"></button>' not in page


def test_what_was_handed_over_has_no_form_to_hand_it_over(place: District, entered: Entered, client_of: Any) -> None:
    material = entered()
    services.hand_over(material, handed_over_on=TODAY, received_by="严正平", actor=place.staff)
    answer = client_of(place.staff).get(reverse("handover:material_hand_over", kwargs={"pk": material.pk}))
    assert (answer.status_code, answer.url) == (302, f"{LIST}{material.pk}/")
