"""The page of a template says of every kind of paper what it can print."""

import pytest

from cadre_app.core.documents import document_kinds
from cadre_app.documents.views import templates

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", sorted(document_kinds))
def test_every_kind_of_paper_says_what_it_prints(kind: str) -> None:
    fields = templates._fields(document_kinds[kind])
    assert fields
    assert [written for written, _sample in fields if "{{" not in written] == []


def test_lists_within_lists_are_written_out() -> None:
    [(written, _sample)] = [one for one in templates._fields(document_kinds["people.resume"]) if "lines" in one[0]]
    assert "{%p for line in part.within %} {{ line }} {%p endfor %}" in written
