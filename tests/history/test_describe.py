import pytest
from django.apps import apps
from django.utils import translation

from cadre_app.core.models import BaseModel
from cadre_app.history import describe
from cadre_app.history import services as history
from cadre_app.history.describe import FieldChange
from cadre_app.history.models import Entry
from cadre_app.history.snapshots import UNRECORDED
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


def test_changes_are_told_by_label_choice_and_name() -> None:
    parent = UnitFactory.create(name="甲镇")
    unit = UnitFactory.create(kind="village")
    with history.change(unit, actor=None, verb="x"):
        unit.kind, unit.parent = "community", parent
        unit.save()
    assert Entry.objects.get().changes == [
        FieldChange("kind", "Village", "Community"),
        FieldChange("superior unit", "", "甲镇"),
    ]


def test_an_entry_about_a_model_that_is_gone_is_still_readable() -> None:
    entry = Entry(verb="old.thing.changed", object_label="old.thing", before={"a": 1}, after={"a": 2}, sealed=["b"])
    assert entry.verb_text == "old.thing.changed"
    assert entry.changes == [FieldChange("a", "1", "2"), FieldChange("b", "", "changed (content not recorded)")]


@pytest.mark.parametrize("times", [1, 3])
def test_a_list_of_entries_costs_the_same_queries_however_long(django_assert_num_queries: object, times: int) -> None:
    unit = UnitFactory.create()
    for _ in range(times):
        with history.change(unit, actor=None, verb="x"):
            unit.parent = UnitFactory.create()
            unit.save()
    with django_assert_num_queries(2):
        told = Entry.objects.about(unit).told()
        assert [len(entry.changes) for entry in told] == [1] * times


def test_a_code_is_told_by_its_word(db):
    with translation.override("zh-hans"):
        changes = describe.changes_of(Entry(object_label="people.education", after={"level": "14"}), {})
    assert [change.after for change in changes] == ["硕士研究生毕业"]


def test_a_file_is_told_by_kind_and_size_never_by_keys_digests_or_its_sealed_name() -> None:
    after = {
        "kind": "assignments.document", "owner_label": "assignments.posting", "owner_id": "ae882c05", "size": 2048,
        "sha256": "0f3d5cc1", "content_type": "application/pdf",
    }  # fmt: skip
    entry = Entry(verb="files.storedfile.added", object_label="files.storedfile", after=after, sealed=["name"])
    assert [(change.name, change.after) for change in entry.changes] == [
        ("kind", "Document of a posting"),
        ("size", "2.0\xa0KB"),
    ]


def test_what_has_parts_is_told_part_by_part() -> None:
    entry = Entry(verb="x", object_label="assignments.researchreview", after={"points": {"选题准": 18, "文风": 9}})
    assert [change.after for change in entry.changes] == ["选题准 18, 文风 9"]


# Apps and models of which no page shows changes.
WITHOUT_PAGE = {"jobs", "reminders", "imports", "documents", "care.TalkPlan"}


def test_every_field_that_a_page_of_changes_may_tell_has_a_label_in_words() -> None:
    models = [model for model in apps.get_models() if issubclass(model, BaseModel)]
    raw = [
        f"{model._meta.label}.{field.name}"
        for model in models
        if not {model._meta.app_label, model._meta.label} & WITHOUT_PAGE
        for field in model._meta.concrete_fields
        if field.attname in set(model().public_values()) - UNRECORDED - model.untold_fields
        and isinstance(field.verbose_name, str)
    ]
    assert raw == []
