"""A correction takes the place of a verified entry, and one work counts once."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cadre_app.achievements.models import Achievement
from cadre_app.achievements.services import corrections, deciding
from cadre_app.achievements.services.writing import EVIDENCE
from cadre_app.files.listing import files_of
from cadre_app.files.services import read_content, remove_file, store_files
from tests.achievements.conftest import COMPLETE, Town
from tests.achievements.factories import make_achievement, upload
from tests.achievements.steps import verified, way
from tests.people.conftest import TODAY


def test_a_correction_goes_the_same_way_and_counts_from_then_on(town: Town) -> None:
    entry = verified(town)
    values = COMPLETE | {"result": "修复水渠1.2公里，恢复灌溉130亩。"}
    later = corrections.correct_achievement(entry, **values, is_sent=True, version=entry.version, actor=town.own)
    entry.refresh_from_db()
    assert (later.supersedes, later.state, entry.state) == (entry, "unit", "verified")
    deciding.verify_achievement(deciding.verify_for_unit(later, actor=town.liaison), actor=town.staff)
    entry.refresh_from_db()
    assert (entry.state, way(entry)[-1]) == ("superseded", "superseded")
    assert list(Achievement.objects.verified_within(TODAY, TODAY)) == [later]


def test_an_entry_has_one_standing_correction_whatever_is_sent(town: Town) -> None:
    entry = verified(town)
    corrections.correct_achievement(entry, **COMPLETE | {"result": "灌溉130亩"}, actor=town.own)
    with pytest.raises(ValidationError):
        corrections.correct_achievement(entry, **COMPLETE | {"result": "灌溉100亩"}, actor=town.own)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_achievement(town.trainee, state="draft", supersedes=entry)


def test_a_correction_in_which_nothing_differs_is_refused(town: Town) -> None:
    entry = verified(town)
    with pytest.raises(ValidationError) as raised:
        corrections.correct_achievement(entry, **COMPLETE, actor=town.own)
    assert raised.value.code == "same"


def corrected(town: Town) -> tuple[Achievement, Achievement]:
    entry = verified(town)
    later = corrections.correct_achievement(entry, **COMPLETE | {"result": "灌溉130亩"}, is_sent=True, actor=town.own)
    later = deciding.verify_achievement(deciding.verify_for_unit(later, actor=town.liaison), actor=town.staff)
    entry.refresh_from_db()
    return entry, later


def test_a_voided_correction_lets_the_earlier_entry_count_again(town: Town) -> None:
    entry, later = corrected(town)
    with pytest.raises(ValidationError) as raised:
        corrections.void_achievement(entry, reason="误录", actor=town.staff)
    assert raised.value.code == "superseded"
    later = corrections.void_achievement(later, reason="误录", version=later.version, actor=town.staff)
    entry.refresh_from_db()
    assert (entry.state, way(entry)[-1]) == ("verified", "counts_again")
    corrections.restore_achievement(later, actor=town.staff)
    entry.refresh_from_db()
    assert entry.state == "superseded"


def test_what_a_verified_correction_replaced_is_not_put_back(town: Town) -> None:
    entry = verified(town)
    later = corrections.correct_achievement(entry, **COMPLETE | {"result": "灌溉130亩"}, is_sent=True, actor=town.own)
    entry = corrections.void_achievement(entry, reason="误录", actor=town.staff)
    deciding.verify_achievement(deciding.verify_for_unit(later, actor=town.liaison), actor=town.staff)
    with pytest.raises(ValidationError) as raised:
        corrections.restore_achievement(entry, actor=town.staff)
    assert raised.value.code == "superseded"


def checked(town: Town, entry: Achievement) -> Achievement:
    return deciding.verify_achievement(deciding.verify_for_unit(entry, actor=town.liaison), actor=town.staff)


def counting(town: Town) -> list[str]:
    return list(Achievement.objects.verified_within(TODAY, TODAY).values_list("result", flat=True))


def test_one_work_counts_once_when_the_middle_of_a_chain_is_voided(town: Town) -> None:
    first, second = corrected(town)
    third = corrections.correct_achievement(second, **COMPLETE | {"result": "灌溉90亩"}, is_sent=True, actor=town.own)
    corrections.void_achievement(second, reason="误录", actor=town.staff)
    assert counting(town) == [COMPLETE["result"]]
    with pytest.raises(ValidationError) as raised:
        corrections.correct_achievement(
            Achievement.objects.get(pk=first.pk), **COMPLETE | {"result": "灌溉80亩"}, actor=town.own
        )
    assert raised.value.code == "corrected"
    third = checked(town, third)
    assert counting(town) == ["灌溉90亩"]
    corrections.void_achievement(third, reason="误录", actor=town.staff)
    assert counting(town) == [COMPLETE["result"]]
    corrections.restore_achievement(third, actor=town.staff)
    assert counting(town) == ["灌溉90亩"]


def test_a_work_is_not_counted_by_two_corrections(town: Town) -> None:
    first, second = corrected(town)
    third = corrections.correct_achievement(second, **COMPLETE | {"result": "灌溉90亩"}, is_sent=True, actor=town.own)
    corrections.void_achievement(second, reason="误录", actor=town.staff)
    corrections.void_achievement(third, reason="误录", actor=town.staff)
    first = Achievement.objects.get(pk=first.pk)
    fourth = corrections.correct_achievement(first, **COMPLETE | {"result": "灌溉80亩"}, is_sent=True, actor=town.own)
    third = corrections.restore_achievement(third, actor=town.staff)
    checked(town, fourth)
    with pytest.raises(ValidationError) as raised:
        checked(town, third)
    assert raised.value.code == "superseded"
    assert counting(town) == ["灌溉80亩"]


def test_a_correction_takes_over_the_evidence_that_is_named(town: Town) -> None:
    entry = verified(town)
    first, second = store_files(
        kind=EVIDENCE, owner=entry, uploads=[upload("验收单.pdf"), upload("照片说明.pdf")], actor=town.own
    )
    values = COMPLETE | {"result": "修复水渠1.2公里，恢复灌溉130亩。"}
    later = corrections.correct_achievement(
        entry, **values, kept=[first.pk], evidence=[upload("补充.pdf")], actor=town.own
    )
    found = {owner: {file.name for file in files} for owner, files in files_of(EVIDENCE, [entry.pk, later.pk]).items()}
    assert found == {entry.pk: {"验收单.pdf", "照片说明.pdf"}, later.pk: {"验收单.pdf", "补充.pdf"}}
    copied = next(file for file in files_of(EVIDENCE, [later.pk])[later.pk] if file.name == first.name)
    assert (copied.pk == first.pk, read_content(copied)) == (False, read_content(first))
    remove_file(copied, actor=town.own)
    assert read_content(second)


def test_a_file_of_somebody_else_is_not_taken_over(town: Town) -> None:
    entry, other = verified(town), verified(town, title="另一件")
    [foreign] = store_files(kind=EVIDENCE, owner=other, uploads=[upload("别处.pdf")], actor=town.own)
    values = COMPLETE | {"result": "灌溉130亩"}
    later = corrections.correct_achievement(entry, **values, kept=[foreign.pk], actor=town.own)
    assert files_of(EVIDENCE, [later.pk])[later.pk] == []


def test_leaving_evidence_out_is_a_correction_and_keeping_all_of_it_is_none(town: Town) -> None:
    entry = verified(town)
    [file] = store_files(kind=EVIDENCE, owner=entry, uploads=[upload("验收单.pdf")], actor=town.own)
    with pytest.raises(ValidationError) as raised:
        corrections.correct_achievement(entry, **COMPLETE, kept=[file.pk], actor=town.own)
    assert raised.value.code == "same"
    assert corrections.correct_achievement(entry, **COMPLETE, kept=[], actor=town.own).supersedes == entry
