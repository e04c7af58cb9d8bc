"""The signed agreement of a pairing: attached by staff, read by whoever reads the pairing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cadre_app.core.roles import Role
from cadre_app.files.models import StoredFile
from cadre_app.mentorship.services import agreements, pairings
from tests.files.made import pdf, phone_photo
from tests.mentorship.pairings.conftest import account_of
from tests.people.conftest import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private(settings, tmp_path) -> None:
    settings.PRIVATE_ROOT = tmp_path


@pytest.fixture
def staff(client_of, place):
    return client_of(place.staff)


def url(name, pairing, **more):
    return reverse(f"mentorship:{name}", kwargs={"pk": pairing.pk, **more})


def scan(*texts, name="结对协议.pdf"):
    return SimpleUploadedFile(name, pdf(*texts or ("结对协议", "第二页")))


def attached(client, pairing, *files):
    client.post(url("agreement_edit", pairing), {"agreement": [*files] or [scan()]})
    return agreements.agreement_of(pairing)


def page(client, pairing):
    return client.get(url("pairing_detail", pairing)).content.decode()


def test_a_scan_is_attached_and_its_pages_are_seen_from_the_pairing(staff, pairing):
    assert "No copy attached yet" in page(staff, pairing)
    [file] = attached(staff, pairing)
    opened = reverse("files:preview", kwargs={"pk": file.pk})
    assert f'href="{opened}"' in page(staff, pairing)
    preview = staff.get(opened).content.decode()
    assert (preview.count('class="file-page"'), f'href="{url("pairing_detail", pairing)}"' in preview) == (2, True)
    shown = staff.get(reverse("files:page", kwargs={"pk": file.pk, "number": 2}))
    assert (shown.status_code, shown.headers["Content-Type"], shown.content[:2]) == (200, "image/jpeg", b"\xff\xd8")


def test_pages_can_be_photographed_and_more_be_added(staff, pairing):
    attached(staff, pairing, SimpleUploadedFile("一.jpg", phone_photo()), SimpleUploadedFile("二.jpg", phone_photo()))
    assert {file.name for file in attached(staff, pairing, scan())} == {"一.jpg", "二.jpg", "结对协议.pdf"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("协议.docx", b"PK\x03\x04", "协议.docx: "),
        ("协议.pdf", b"%PDF-1.4 nothing", "协议.pdf: "),
    ],
)
def test_what_is_refused_is_said_beside_the_field(staff, pairing, name, content, said):
    response = staff.post(url("agreement_edit", pairing), {"agreement": SimpleUploadedFile(name, content)})
    [error] = response.context["form"].errors["agreement"]
    assert (response.status_code, error.startswith(said)) == (200, True)
    assert agreements.agreement_of(pairing) == []


def test_nothing_chosen_and_too_many_are_said(staff, pairing):
    response = staff.post(url("agreement_edit", pairing), {"submission": ""})
    assert response.context["form"].errors["agreement"] == ["Please fill this in."]
    attached(staff, pairing, *(scan() for _ in range(5)))
    response = staff.post(url("agreement_edit", pairing), {"agreement": [scan(), scan()]})
    assert response.context["form"].errors.as_data()["__all__"][0].code == "too_many"


def test_mentor_and_trainee_read_it_and_attach_nothing(client_of, staff, pairing):
    [file] = attached(staff, pairing)
    for person in (pairing.mentor, pairing.trainee.person):
        client = client_of(account_of(person))
        assert client.get(reverse("files:preview", kwargs={"pk": file.pk})).status_code == 200
        assert client.get(url("agreement_edit", pairing)).status_code == 403


def test_a_leader_reads_and_does_not_attach(client_of, staff, place, pairing):
    [file] = attached(staff, pairing)
    leader = client_of(place.somebody(Role.LEADER, place.town))
    assert leader.get(reverse("files:preview", kwargs={"pk": file.pk})).status_code == 200
    assert leader.get(url("agreement_edit", pairing)).status_code == 403


def test_it_is_removed_with_a_reason_and_put_back(staff, pairing):
    [file] = attached(staff, pairing)
    address = url("agreement_remove", pairing, file=file.pk)
    assert staff.post(address, {"version": file.version}).context["form"].errors == {"reason": ["Please fill this in."]}
    staff.post(address, {"version": file.version, "reason": "扫描件不清"})
    assert agreements.agreement_of(pairing) == []
    assert staff.get(reverse("files:preview", kwargs={"pk": file.pk})).status_code == 404
    file.refresh_from_db()
    assert agreements.removed_of(pairing) == [file]
    staff.post(url("agreement_restore", pairing, file=file.pk), {"version": file.version})
    assert agreements.agreement_of(pairing) == [StoredFile.objects.get(pk=file.pk)]
    told = staff.get(url("pairing_detail", pairing)).context["entries"]
    assert {entry.verb.rpartition(".")[2] for entry in told if entry.object_id == file.pk} == {
        "added",
        "voided",
        "restored",
    }


def test_paper_that_comes_late_is_attached_to_an_ended_pairing_and_not_to_a_voided_one(staff, place, pairing):
    pairings.end_pairing(pairing, ended_on=TODAY, end_kind="early", reason="调动", actor=place.staff)
    [file] = attached(staff, pairing)
    pairing.refresh_from_db()
    pairings.void_pairing(pairing, reason="误录", actor=place.staff)
    assert staff.get(url("agreement_edit", pairing)).status_code == 403
    assert f"/files/{file.pk}/" not in page(staff, pairing)
