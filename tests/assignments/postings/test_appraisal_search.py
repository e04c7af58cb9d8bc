"""What a host says of a posting is found by those who oversee it, by the host until it is confirmed, by the person from then on."""

from django.urls import reverse
from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.assignments.models import PostingAppraisal
from cadre_app.assignments.services import appraisals
from cadre_app.core.roles import Role
from tests.assignments.postings.conftest import Room
from tests.search.looking import finders, look

KEY = "assignments.appraisals"
WORDS = {"duties": "包干征迁协议三份", "opinion": "作风扎实", "signatory": "李建设"}


def finds(room: Room, typed: str) -> list[int]:
    """Staff, the liaison, the host, the person, staff of another town."""
    host = room.host.account
    assert isinstance(host, User)
    stranger = room.district.somebody(Role.STAFF, room.district.other_town)
    return finders(KEY, typed, room.staff, room.liaison, host, room.own, stranger)


def test_an_appraisal_is_found_by_whoever_reads_it(room: Room) -> None:
    posting = room.returned()
    appraisal = appraisals.write_appraisal(posting, **WORDS, actor=room.host.account)  # type: ignore[arg-type]
    assert (finds(room, "征迁"), finds(room, "作风扎实")) == ([1, 1, 1, 0, 0], [1, 1, 1, 0, 0])
    appraisals.confirm_appraisal(appraisal, actor=room.staff)
    assert finds(room, "征迁") == [1, 1, 0, 1, 0]
    [hit] = look(KEY, room.own, "征迁").hits
    assert (hit.place.title, hit.place.url) == (
        room.trainee.person.name,
        reverse("assignments:posting_detail", kwargs={"pk": posting.pk}),
    )
    PostingAppraisal.objects.update(voided_at=timezone.now())
    assert finds(room, "征迁") == [0, 0, 0, 0, 0]
