"""What the file itself does not do beside a probation: move its end, give its rank."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cadre_app.people.models import Trainee
from cadre_app.people.services import posts
from cadre_app.people.services.trainees import change_trainee
from cadre_app.probation.models import Probation
from cadre_app.probation.services import conclusions, decisions, records
from tests.people.conftest import TODAY
from tests.probation.conftest import (
    ENDS,
    EXTENSION,
    FAILURE,
    Town,
    codes,
)


def facts(file: Trainee, **values: Any) -> dict[str, Any]:
    names = ("kind", "sub_kind", "status", "scheme", "arrived_on", "linked_village", "probation_ends_on", "remark")
    return {name: getattr(file, name) for name in names} | values


def test_the_file_does_not_move_the_end_of_a_signed_probation(town: Town) -> None:
    one = town.signed()
    with pytest.raises(ValidationError) as caught:
        change_trainee(town.trainee, **facts(town.fresh(), probation_ends_on=TODAY), reason="改", actor=town.staff)
    assert codes(caught) == {"probation_ends_on": "kept"}
    file = change_trainee(
        town.trainee, **facts(town.fresh(), arrived_on=date(2025, 11, 3)), reason="核对", actor=town.staff
    )
    assert file.probation_ends_on == ENDS
    decisions.take_sign_off_back(one, reason="误", actor=town.leader)
    given = facts(town.fresh(), probation_ends_on=ENDS - timedelta(days=1))
    assert change_trainee(town.trainee, **given, reason="改", actor=town.staff).probation_ends_on == date(2026, 11, 9)


def test_the_file_does_not_move_the_end_while_a_conclusion_waits(town: Town) -> None:
    one = town.checked()
    given = facts(town.fresh(), probation_ends_on=ENDS - timedelta(days=1))
    with pytest.raises(ValidationError) as caught:
        change_trainee(town.trainee, **given, reason="改", actor=town.staff)
    assert codes(caught) == {"probation_ends_on": "kept"}
    decisions.return_conclusion(one, reason="日期有误", actor=town.leader)
    assert change_trainee(town.trainee, **given, reason="改", actor=town.staff).probation_ends_on == date(2026, 11, 9)


def test_the_file_does_not_extend_a_probation_a_deferral_does(town: Town) -> None:
    town.opened()
    moved = facts(town.fresh(), arrived_on=date(2025, 11, 14))
    assert change_trainee(town.trainee, **moved, actor=town.staff).probation_ends_on == date(2026, 11, 14)
    change_trainee(town.trainee, **facts(town.fresh(), arrived_on=date(2025, 11, 10)), actor=town.staff)
    for day in (ENDS + timedelta(days=1), date(2027, 5, 10), date(9999, 12, 31)):
        with pytest.raises(ValidationError) as caught:
            change_trainee(town.trainee, **facts(town.fresh(), probation_ends_on=day), reason="改", actor=town.staff)
        assert codes(caught) == {"probation_ends_on": "too_long"}
    given = facts(town.fresh(), probation_ends_on=ENDS - timedelta(days=1))
    assert change_trainee(town.trainee, **given, reason="改", actor=town.staff).probation_ends_on == date(2026, 11, 9)


def test_the_file_does_not_move_the_day_that_a_signed_extension_set(town: Town) -> None:
    one = conclusions.conclude_deferred(town.opined(), **EXTENSION, actor=town.staff)
    one = decisions.sign_conclusion(decisions.check_conclusion(one, actor=town.other), actor=town.leader)
    extended = town.fresh().probation_ends_on
    assert extended == EXTENSION["extended_to"]
    for day in (ENDS, extended - timedelta(days=1), extended + timedelta(days=1)):
        with pytest.raises(ValidationError) as caught:
            change_trainee(town.trainee, **facts(town.fresh(), probation_ends_on=day), reason="试", actor=town.staff)
        assert codes(caught) == {"probation_ends_on": "kept"}
    decisions.take_sign_off_back(one, reason="误", actor=town.leader)
    assert town.fresh().probation_ends_on == ENDS


def test_while_a_probation_is_not_concluded_only_its_sign_off_gives_a_rank(town: Town) -> None:
    one = town.concluded()
    ranked = {"started_on": TODAY, "post": "科员", "rank": "12", "actor": town.staff}
    with pytest.raises(ValidationError) as caught:
        posts.add_post_record(town.trainee, **ranked)
    assert codes(caught) == {"rank": "not_graded"}
    first = town.trainee.post_records.standing().get()
    with pytest.raises(ValidationError) as caught:
        posts.change_post_record(first, **ranked)
    assert codes(caught) == {"rank": "not_graded"}
    posts.add_post_record(town.trainee, started_on=TODAY, post="综合科工作人员", actor=town.staff)
    records.void_probation(one, reason="误开", actor=town.leader)
    assert posts.add_post_record(town.trainee, **(ranked | {"started_on": ENDS})).rank == "12"
    with pytest.raises(ValidationError) as caught:
        records.restore_probation(one, actor=town.staff)
    assert caught.value.code == "graded"


def test_whoever_voided_an_assessment_gives_no_rank_in_its_stead(town: Town) -> None:
    records.void_probation(town.opened(), reason="误开", actor=town.leader)
    change_trainee(town.trainee, **facts(town.fresh(), probation_ends_on=None), reason="误录", actor=town.staff)
    ranked = {"started_on": ENDS, "post": "科员", "rank": "12"}
    with pytest.raises(ValidationError) as caught:
        posts.add_post_record(town.trainee, **ranked, actor=town.leader)
    assert codes(caught) == {"rank": "not_graded"}
    assert posts.add_post_record(town.trainee, **ranked, actor=town.staff).rank == "12"
    with pytest.raises(ValidationError) as caught:
        records.restore_probation(Probation.objects.get(), actor=town.staff)
    assert caught.value.code == "graded"


def test_a_signed_extension_bars_a_rank_also_while_its_next_round_is_voided(town: Town) -> None:
    one = conclusions.conclude_deferred(town.opined(), **EXTENSION, actor=town.staff)
    decisions.sign_conclusion(decisions.check_conclusion(one, actor=town.other), actor=town.leader)
    records.void_probation(town.one, reason="误开", actor=town.leader)
    with pytest.raises(ValidationError) as caught:
        posts.add_post_record(town.trainee, started_on=TODAY, post="科员", rank="12", actor=town.staff)
    assert codes(caught) == {"rank": "not_graded"}


def test_who_did_not_pass_is_given_no_rank(town: Town) -> None:
    one = conclusions.conclude_failed(town.opined(), **FAILURE, actor=town.staff)
    decisions.sign_conclusion(decisions.check_conclusion(one, actor=town.other), actor=town.leader)
    with pytest.raises(ValidationError) as caught:
        posts.add_post_record(town.trainee, started_on=TODAY, post="科员", rank="12", actor=town.staff)
    assert codes(caught) == {"rank": "not_graded"}
