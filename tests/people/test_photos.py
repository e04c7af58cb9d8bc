"""照片: optional, in the head of the file, kept by staff, seen by whoever reads the identity."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.core.registries import Relation, relations
from cadre_app.core.roles import Role
from cadre_app.files.models import StoredFile
from cadre_app.files.services import read_content
from cadre_app.people.models import Relative, Trainee
from cadre_app.people.services import photos
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.files.made import phone_photo, picture, png_head

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private(settings, tmp_path) -> None:
    settings.PRIVATE_ROOT = tmp_path


@pytest.fixture
def trainee(place) -> Trainee:
    return TraineeFactory.create(person=PersonFactory.create(name="林知远"), home_unit=place.town)


@pytest.fixture
def staff_page(client, place):
    client.force_login(place.staff, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(name: str, trainee: Trainee) -> str:
    return reverse(f"people:{name}", kwargs={"pk": trainee.pk})


def sent(content: bytes, name: str = "证件照.jpg") -> dict[str, SimpleUploadedFile]:
    return {"photo": SimpleUploadedFile(name, content)}


def head(client, trainee: Trainee) -> str:
    page = client.get(url("trainee_detail", trainee)).content.decode()
    found = re.search(r'<div class="gf-face">(.*?)</div>', page, re.DOTALL)
    return found[1] if found else ""


def test_without_a_photo_the_surname_stands_in_the_head(staff_page, trainee) -> None:
    assert '<span class="gf-photo" aria-hidden="true">林</span>' in head(staff_page, trainee)


def test_a_photo_is_uploaded_shown_and_replaced(staff_page, trainee) -> None:
    assert staff_page.post(url("photo_edit", trainee), sent(phone_photo())).status_code == 302
    first = StoredFile.objects.get()
    assert f'src="{reverse("files:preview", kwargs={"pk": first.pk})}?size=small"' in head(staff_page, trainee)
    staff_page.post(url("photo_edit", trainee), sent(picture("PNG"), "新.png"))
    second = photos.photo_of(trainee)
    assert second is not None
    assert (second.name, StoredFile.objects.standing().count(), second != first) == ("新.png", 1, True)


def test_the_page_says_that_a_photo_may_be_left_out(staff_page, trainee) -> None:
    page = staff_page.get(url("photo_edit", trainee), headers={"Accept-Language": "zh-hans"}).content.decode()
    assert "照片可不传。是否上传照片不影响任何评价。" in page


@pytest.mark.parametrize("content", [b"", b"<svg/>", png_head(65_535, 65_535), picture()[:200]])
def test_what_is_no_photo_is_refused_beside_the_field(staff_page, trainee, content) -> None:
    response = staff_page.post(url("photo_edit", trainee), sent(content))
    assert (response.status_code, list(response.context["form"].errors), StoredFile.objects.count()) == (
        200,
        ["photo"],
        0,
    )


def test_a_removed_photo_is_gone_and_can_be_restored(staff_page, place, trainee) -> None:
    staff_page.post(url("photo_edit", trainee), sent(phone_photo()))
    assert staff_page.post(url("photo_remove", trainee), {"reason": "本人要求"}).status_code == 302
    [photo] = StoredFile.objects.all()
    assert staff_page.get(reverse("files:preview", kwargs={"pk": photo.pk})).status_code == 404
    restore = reverse("people:photo_restore", kwargs={"pk": photo.pk})
    assert restore in staff_page.get(url("trainee_detail", trainee)).content.decode()
    assert staff_page.post(restore, {"version": photo.version}).status_code == 302
    assert photos.photo_of(trainee) == photo


def test_removing_asks_why(staff_page, trainee) -> None:
    staff_page.post(url("photo_edit", trainee), sent(phone_photo()))
    response = staff_page.post(url("photo_remove", trainee), {"reason": ""})
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["reason"])


def test_without_a_photo_there_is_nothing_to_remove(staff_page, trainee) -> None:
    assert staff_page.get(url("photo_remove", trainee)).status_code == 404
    response = staff_page.post(url("photo_remove", trainee), {"reason": "本人要求"})
    assert (response.status_code, "__all__" in response.context["form"].errors) == (200, True)


def test_a_photo_is_not_restored_beside_another(staff_page, place, trainee) -> None:
    staff_page.post(url("photo_edit", trainee), sent(phone_photo()))
    first = StoredFile.objects.get()
    staff_page.post(url("photo_edit", trainee), sent(picture()))
    first.refresh_from_db()
    response = staff_page.post(reverse("people:photo_restore", kwargs={"pk": first.pk}), {"version": first.version})
    assert (response.status_code, StoredFile.objects.standing().count()) == (200, 1)


def test_a_closed_file_takes_no_photo(staff_page, trainee) -> None:
    Trainee.objects.filter(pk=trainee.pk).update(departed_on=timezone.localdate())
    assert staff_page.get(url("photo_edit", trainee)).status_code == 403
    assert staff_page.post(url("photo_edit", trainee), sent(phone_photo())).status_code == 403
    assert StoredFile.objects.count() == 0


def test_the_changes_of_the_file_tell_of_the_photo_but_not_of_its_bytes(staff_page, trainee) -> None:
    staff_page.post(url("photo_edit", trainee), sent(phone_photo()))
    entries = staff_page.get(url("trainee_detail", trainee)).context["entries"]
    assert [(entry.verb, entry.changes) for entry in entries] == [("files.storedfile.added", [])]


@pytest.fixture
def readers(place, trainee):
    """Everybody who may know the trainee in some way."""
    own = UserFactory.create(unit=place.town)
    trainee.person.account = own
    trainee.person.save()
    mentor = UserFactory.create(unit=place.village)
    relative = place.somebody(Role.STAFF, place.top)
    kin = PersonFactory.create(account=relative)
    Relative.objects.create(person=trainee.person, relation="姐姐", name=kin.name, other=kin)
    tied = Trainee.objects.filter(pk=trainee.pk).values("pk")
    relations.register("tests.mentor", Relation("name", lambda user: tied if user == mentor else tied.none()))
    yield {
        "own": own,
        "mentor": mentor,
        "relative": relative,
        "staff": place.staff,
        "leader": place.somebody(Role.LEADER, place.top),
        "liaison": place.somebody(Role.LIAISON, place.town),
        "other liaison": place.somebody(Role.LIAISON, place.other_town),
        "trainer": UserFactory.create(),
    }
    relations._items.pop("tests.mentor")


def test_the_photo_is_part_of_the_identity(trainee, readers) -> None:
    seen = {name: photos.may_read(User.objects.get(pk=user.pk), trainee.person_id) for name, user in readers.items()}
    assert seen == {
        "own": True,
        "mentor": False,
        "relative": False,
        "staff": True,
        "leader": True,
        "liaison": True,
        "other liaison": False,
        "trainer": False,
    }


def test_a_trainee_who_moved_takes_the_photo_along(place, trainee, readers) -> None:
    Trainee.objects.filter(pk=trainee.pk).update(home_unit=place.other_town)
    names = ("liaison", "other liaison")
    assert [photos.may_read(User.objects.get(pk=readers[name].pk), trainee.person_id) for name in names] == [
        False,
        True,
    ]


def test_what_is_kept_is_upright_and_knows_no_place(staff_page, trainee) -> None:
    staff_page.post(url("photo_edit", trainee), sent(phone_photo(6)))
    photo = StoredFile.objects.get()
    assert ((photo.width, photo.height), b"Qinglan" in read_content(photo)) == ((80, 120), False)
