import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from cadre_app.accounts.models import Draft
from cadre_app.core.fields import validate_plain_text
from tests.factories import UserFactory


@pytest.mark.parametrize("text", ["阿依努尔·艾山", "李𠮷安", "王㛃", "多行\n文字\t制表", "１２３", ""])
def test_ordinary_and_rare_text_passes(text: str) -> None:
    validate_plain_text(text)


@pytest.mark.parametrize(
    "character", ["\x00", "\x0b", "\x1b", "\x7f", "\x85", "\u200f", "\u202e", "\u2066", "\ufffd", chr(0xD800)]
)
def test_invisible_control_characters_are_refused(character: str) -> None:
    with pytest.raises(ValidationError) as caught:
        validate_plain_text(f"张{character}三")
    assert caught.value.code == "control_character"


@pytest.mark.django_db
def test_the_database_holds_no_clear_text_of_an_encrypted_field() -> None:
    draft = Draft.objects.create(user=UserFactory.create(), page="/x/", body="谈话内容")
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM accounts_draft WHERE id = %s", [draft.pk])
        stored = cursor.fetchone()[0]
    assert "谈话" not in stored
    assert Draft.objects.get().body == "谈话内容"


@pytest.mark.django_db
def test_an_encrypted_field_cannot_be_searched() -> None:
    with pytest.raises(TypeError):
        Draft.objects.filter(body="谈话内容").exists()
