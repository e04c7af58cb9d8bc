"""An import of people taken back: all of it, or nothing with the obstacle named."""

from datetime import date

from cadre_app.accounts.models import AccountRequest
from cadre_app.care.services.triggers import add_trigger, set_aside_trigger
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people.importing import trainees
from cadre_app.people.models import Education, Person, PostRecord, Trainee, VillageTerm
from cadre_app.people.services import persons, transfers
from tests.people.importing.conftest import MAN, fresh, new, row


def state(file: Trainee) -> dict[str, object]:
    """Everything that is recorded about a file, but versions and times."""
    left_out = {"version", "updated_at", "created_at"}
    found: dict[str, object] = {}
    for model, key in (
        (Trainee, {"pk": file.pk}),
        (Person, {"pk": file.person_id}),
        (Education, {"person": file.person_id}),
        (PostRecord, {"trainee": file.pk}),
        (VillageTerm, {"trainee": file.pk}),
    ):
        rows = model.objects.standing().filter(**key).order_by("pk")
        found[model.__name__] = [
            {item.attname: getattr(each, item.attname) for item in model._meta.concrete_fields} for each in rows
        ]
        for each in found[model.__name__]:
            for name in left_out:
                each.pop(name)
    return found


class TestUndo:
    def undone(self, place, done):
        return trainees.undo(list(reversed(done)), place.staff, "误导入")

    def test_new_files_are_voided_with_all_that_came_with_them(self, place, applied):
        done = applied(
            new(id_number=MAN, full_time_level="21", post="科员", village="梧头村", term_started_on=date(2024, 9, 1),
                wants_account=True)
        )  # fmt: skip
        assert self.undone(place, done) == []
        for model in (Trainee, Person, Education, PostRecord, VillageTerm):
            assert model.objects.standing().count() == 0, model
        assert AccountRequest.objects.get().status == "withdrawn"
        assert set(Entry.objects.filter(reason="误导入").values_list("verb", flat=True)) == {
            "people.trainee.voided",
            "people.person.voided",
            "people.education.voided",
            "people.postrecord.voided",
            "people.villageterm.voided",
        }

    def test_an_undone_import_can_be_done_again(self, place, applied):
        self.undone(place, applied(new(id_number=MAN)))
        [done] = applied(new(id_number=MAN))
        assert (done.created, done.outcome) == (True, "WY-2024-0002")

    def test_what_was_changed_goes_back(self, place, file, applied):
        before = state(file)
        done = applied(
            row(
                name="林致远",
                id_number=MAN,
                phone="13911112222",
                political_status="01",
                arrived_on=date(2024, 8, 1),
                rank="10",
                rank_since=date(2026, 9, 1),
                full_time_major="公共管理",
                village="梧头村",
                term_ended_on=date(2026, 9, 5),
                wants_account=True,
            )
        )
        assert state(file) != before
        assert self.undone(place, done) == []
        assert state(file) == before

    def test_a_corrected_record_goes_back(self, place, file, applied):
        before = state(file)
        assert self.undone(place, applied(row(id_number=MAN, rank="10", rank_since=date(2025, 8, 15)))) == []
        assert state(file) == before

    def test_a_change_since_stands_against_it(self, place, file, applied):
        done = applied(row(id_number=MAN, remark="骨干"), new(3, "陈嘉穗"))
        applied(row(id_number=MAN, remark="优秀"))
        assert self.undone(place, done) == ["林知远: somebody has changed it since."]
        assert (fresh(file).remark, Trainee.objects.standing().count()) == ("优秀", 2)

    def test_a_change_that_was_taken_back_itself_does_not_stand_against_it(self, place, applied):
        done = applied(new(id_number=MAN))
        person = Person.objects.get()
        persons.change_identity(person, name=person.name, health="一般", actor=place.staff)
        assert self.undone(place, done) == ["林知远: somebody has changed it since."]
        person.refresh_from_db()
        persons.change_identity(person, name=person.name, health="", actor=place.staff)
        assert self.undone(place, done) == []
        assert not Person.objects.standing().exists()

    def test_an_occasion_that_was_set_aside_does_not_stand_against_it(self, place, applied):
        done = applied(new())
        file = Trainee.objects.get()
        trigger = add_trigger(file, occasion="request", happened_on=date(2026, 11, 1), actor=place.staff)
        assert self.undone(place, done) == ["林知远: 1 record belongs to it."]
        set_aside_trigger(trigger, reason="误录", actor=place.staff)
        assert self.undone(place, done) == []

    def test_a_record_attached_since_stands_against_it(self, place, applied):
        done = applied(new())
        Education.objects.create(person=Person.objects.get(), mode="full_time", level="21")
        assert self.undone(place, done) == ["林知远: 1 record belongs to it."]

    def test_an_activated_account_stands_against_it(self, place, applied):
        done = applied(new(wants_account=True))
        AccountRequest.objects.update(status="activated")
        assert self.undone(place, done) == ["林知远: the account has been activated since."]

    def test_a_person_out_of_scope_stands_against_it(self, place, file, applied):
        done = applied(row(id_number=MAN, phone="13911112222"))
        transfers.transfer_trainee(
            file, to_unit=place.other_town, effective_on=date(2026, 11, 1), document_number="1", actor=place.staff
        )
        actor = place.somebody(Role.STAFF, place.town)

        assert trainees.undo(done, actor, "误导入") == ["林知远: it is no longer in your scope."]
        assert fresh(file).person.phone == "13911112222"

    def test_the_own_file_stands_against_it(self, place, file, applied):
        done = applied(row(id_number=MAN, phone="13911112222"))
        Person.objects.filter(pk=file.person_id).update(account=place.staff)

        assert trainees.undo(done, type(place.staff).objects.get(pk=place.staff.pk), "误导入") != []
        assert fresh(file).person.phone == "13911112222"

    def test_a_lost_scope_stands_against_it(self, place, applied):
        done = applied(new())
        actor = place.somebody(Role.STAFF, place.other_town)
        assert trainees.undo(done, actor, "误导入") == ["林知远: it is no longer in your scope."]
        assert Trainee.objects.standing().count() == 1
