"""Papers on the list: entered, noted by other rooms, handed over, taken back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cadre_app.core.models import Stale
from cadre_app.core.roles import Role
from cadre_app.handover.models import Material, MaterialKind
from cadre_app.handover.rules import material_words, materials, materials_due
from cadre_app.handover.services import materials as services
from cadre_app.handover.services.notes import note_material, retract_material
from cadre_app.history.models import Entry
from cadre_app.people.models import Relative, Trainee
from tests.factories import PersonFactory
from tests.handover.conftest import TODAY, District, Entered

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("formed_on", "due_on"),
    [
        (date(2026, 11, 1), date(2026, 12, 1)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2024, 2, 29), date(2024, 3, 29)),
    ],
)
def test_a_paper_goes_within_a_month(entered: Entered, formed_on: date, due_on: date) -> None:
    assert entered(formed_on=formed_on).due_on == due_on


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"formed_on": TODAY + timedelta(days=1)}, "formed_on"),
        ({"formed_on": date(1, 1, 1)}, "formed_on"),
        ({"title": ""}, "title"),
        ({"kind": "unknown"}, "kind"),
    ],
)
def test_what_is_refused_stands_beside_its_field(entered: Entered, values: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        entered(**values)
    assert list(caught.value.error_dict) == [field]


def test_nobody_enters_a_paper_of_a_relative_or_of_another_unit(
    place: District, file: Trainee, entered: Entered
) -> None:
    elsewhere = place.somebody(Role.STAFF, place.other_town)
    own = PersonFactory.create(name="经办本人", account=place.staff)
    Relative.objects.create(person=own, relation="弟弟", name="林知远", other=file.person)
    for actor in (elsewhere, type(place.staff).objects.get(pk=place.staff.pk)):
        with pytest.raises(ValidationError) as caught:
            entered(actor=actor)
        assert list(caught.value.error_dict) == ["person"]


def test_handing_over_needs_a_name_and_a_day_that_came(place: District, entered: Entered) -> None:
    material = entered()
    for day, name, field in (
        (TODAY, "", "received_by"),
        (TODAY + timedelta(days=1), "严正平", "handed_over_on"),
        (date(2026, 10, 31), "严正平", "handed_over_on"),
    ):
        with pytest.raises(ValidationError) as caught:
            services.hand_over(material, handed_over_on=day, received_by=name, actor=place.staff)
        assert list(caught.value.error_dict) == [field]
    gone = services.hand_over(material, handed_over_on=TODAY, received_by="严正平", version=1, actor=place.staff)
    assert (gone.handed_over_on, gone.received_by, gone.version) == (TODAY, "严正平", 2)
    with pytest.raises(Stale):
        services.take_back(material, reason="误录", version=1, actor=place.staff)
    back = services.take_back(material, reason="误录", version=2, actor=place.staff)
    assert (back.handed_over_on, back.received_by) == (None, "")


def test_the_database_wants_a_signature(entered: Entered) -> None:
    material = entered()
    with pytest.raises(IntegrityError), transaction.atomic():
        Material.objects.filter(pk=material.pk).update(handed_over_on=TODAY)


def test_many_go_at_once_and_what_went_is_left_out(place: District, entered: Entered) -> None:
    first, second, gone = entered(), entered(title="获奖证书"), entered(title="党员登记表")
    services.hand_over(gone, handed_over_on=date(2026, 11, 2), received_by="严正平", actor=place.staff)
    keys = [first.pk, second.pk, gone.pk]
    with pytest.raises(ValidationError) as caught:
        services.hand_over_many(keys, handed_over_on=date(2026, 10, 1), received_by="何守谦", actor=place.staff)
    assert "林知远" in caught.value.message_dict["handed_over_on"][0]
    went = services.hand_over_many(keys, handed_over_on=TODAY, received_by="何守谦", actor=place.staff)
    assert {material.pk for material in went} == {first.pk, second.pk}
    gone.refresh_from_db()
    assert gone.received_by == "严正平"
    with pytest.raises(ValidationError):
        services.hand_over_many(keys, handed_over_on=TODAY, received_by="何守谦", actor=place.staff)


def test_another_room_notes_a_paper_once_and_takes_back_what_waits(place: District, file: Trainee) -> None:
    def note() -> Material:
        return note_material(
            file, trainee=file, kind=MaterialKind.ANNUAL, title="考核登记表", formed_on=TODAY, actor=place.staff
        )

    first = note()
    assert note().pk == first.pk
    assert retract_material(file, reason="撤回", actor=place.staff) == 1
    second = note()
    assert second.pk != first.pk
    with pytest.raises(ValidationError):
        services.restore_material(Material.objects.get(pk=first.pk), actor=place.staff)
    services.hand_over(second, handed_over_on=TODAY, received_by="严正平", actor=place.staff)
    assert retract_material(file, reason="撤回", actor=place.staff) == 0
    assert not Material.objects.get(pk=second.pk).is_voided


def test_voided_and_restored_with_reasons_in_history(place: District, entered: Entered) -> None:
    material = services.void_material(entered(), reason="重复", actor=place.staff)
    assert material.is_voided
    with pytest.raises(ValidationError):
        services.hand_over(material, handed_over_on=TODAY, received_by="严正平", actor=place.staff)
    restored = services.restore_material(material, actor=place.staff)
    assert not restored.is_voided
    verbs = sorted(Entry.objects.about(material).values_list("verb", flat=True))
    assert verbs == ["handover.material.added", "handover.material.restored", "handover.material.voided"]


def test_the_bell_rings_for_what_waits(place: District, entered: Entered) -> None:
    waiting, gone = entered(), entered(title="获奖证书")
    services.hand_over(gone, handed_over_on=TODAY, received_by="严正平", actor=place.staff)
    due = materials_due(TODAY + timedelta(days=30))
    assert [(row.pk, row.due_day, row.trainee_key) for row in due] == [
        (waiting.pk, date(2026, 12, 1), waiting.trainee_id)
    ]
    days = (TODAY - date(2026, 11, 1)).days
    words = material_words(materials().get(pk=waiting.pk), waiting.due_on, place.staff)
    assert (str(days) in words.why, words.subject, words.url) == (True, "林知远", f"/materials/{waiting.pk}/")


def test_what_nobody_sees_is_neither_a_name_nor_a_signature(place: District, entered: Entered) -> None:
    with pytest.raises(ValidationError) as refused:
        entered(title="\u200b\u2060")
    assert list(refused.value.message_dict) == ["title"]
    material = entered(title="\ufeff学历认证报告\u200b")
    assert material.title == "学历认证报告"
    with pytest.raises(ValidationError) as unsigned:
        services.hand_over(material, handed_over_on=TODAY, received_by="\u200b", actor=place.staff)
    assert list(unsigned.value.message_dict) == ["received_by"]
