"""Whose growth file a row of records is about: by ID number, by file number, or by name and unit; else somebody chooses."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from cadre_app.core import crypto
from cadre_app.core.importing import ImportColumn, ImportRow
from cadre_app.core.roles import Role
from cadre_app.core.tables import joined
from cadre_app.people.importing.cells import read_name
from cadre_app.people.importing.units import UnitFinder
from cadre_app.people.models import Person, Trainee
from cadre_app.people.models.persons import avoided_persons

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

OF_SUBJECT = ("name", "unit", "id_number", "file_number")


def subject_columns() -> list[ImportColumn]:
    """The first columns of every sheet of records."""
    return [
        ImportColumn(
            key="name", label=gettext_lazy("Full name"), required=True, longest=40, read=read_name,
            synonyms=("姓名", "名字", "人员姓名", "培养对象", "name"), example="林知远",
        ),
        ImportColumn(
            key="unit", label=pgettext_lazy("import", "Present unit"), longest=60, width=18,
            synonyms=("单位", "现单位", "所在单位", "工作单位", "单位名称"), example="梧岭镇",
            help=gettext_lazy("Tells people of one name apart; the path where several units have one name."),
        ),
        ImportColumn(
            key="id_number", label=gettext_lazy("ID number"), kind="id_number", is_confidential=True, width=22,
            synonyms=("身份证号", "身份证号码", "公民身份号码", "身份证", "证件号码"),
            help=gettext_lazy("May be left out; with it a person is recognised for certain."),
        ),
        ImportColumn(
            key="file_number", label=gettext_lazy("File number"), width=18, longest=24,
            synonyms=("编号", "成长档案编号", "档案编号"),
            help=gettext_lazy("Needed only where several people have the same name."),
        ),
    ]  # fmt: skip


class Subjects:
    """The files that rows can mean, those on which `actor` works; four queries for any number of rows."""

    def __init__(self, rows: Sequence[ImportRow], actor: "User", units: UnitFinder) -> None:
        self.units = units
        self._digests = {row.number: crypto.digest(number) for row in rows if (number := row.get("id_number"))}
        names = {row.get("name") for row in rows} - {None}
        numbers = {row.get("file_number") for row in rows} - {None}
        meant = Q(person__name__in=names) | Q(person__id_digest__in=set(self._digests.values()))
        meant |= Q(file_number__in=numbers) if numbers else Q()
        found = Trainee.objects.standing().in_scope(actor, Role.STAFF).filter(meant, person__voided_at=None)
        self._named: defaultdict[str, list[Trainee]] = defaultdict(list)
        self._by_digest: dict[str, Trainee] = {}
        self._by_number: dict[str, Trainee] = {}
        rows_found = found.select_related("person", "home_unit").defer("person__resume")
        for file in rows_found.order_by("file_number"):
            self._named[file.person.name].append(file)
            self._by_number[file.file_number] = file
            if file.person.id_digest:
                self._by_digest[file.person.id_digest] = file
        avoided = avoided_persons(actor)
        self._avoided = set(Person.objects.filter(pk__in=avoided).values_list("name", flat=True)) if avoided else set()

    def find(self, row: ImportRow) -> Trainee | None:
        """The open file that the row is about; None with an error at its cell, or with candidates to choose from."""
        if "name" not in row.values:
            return None
        file = self._numbered(row) or self._called(row)
        if file is not None and file.departed_on is not None:
            told = {"name": file.person.name, "number": file.file_number, "day": formats.date_format(file.departed_on)}
            row.refuse("name", _("%(name)s left on %(day)s: the growth file %(number)s is closed.") % told)
            return None
        return file

    def _numbered(self, row: ImportRow) -> Trainee | None:
        for key, file in (
            ("id_number", self._by_digest.get(self._digests.get(row.number, ""))),
            ("file_number", self._by_number.get(row.get("file_number", ""))),
        ):
            if file is None:
                continue
            if file.person.name != row.values["name"]:
                text = (
                    _("The ID number belongs to %(name)s so far.")
                    if key == "id_number"
                    else _("The file number belongs to %(name)s.")
                )
                row.refuse(key, text % {"name": file.person.name})
            self._refuse_other_numbers(row, file)
            return file
        return None

    def _refuse_other_numbers(self, row: ImportRow, file: Trainee) -> None:
        """Two numbers of two people: nobody says which of them is the slip."""
        digest, number = self._digests.get(row.number, ""), row.get("file_number", "")
        if number and number != file.file_number:
            row.refuse("file_number", _("The growth file with this ID number has another file number."))
        elif digest and file.person.id_digest and digest != file.person.id_digest:
            row.refuse("id_number", _("The growth file with this file number has another ID number."))

    def _called(self, row: ImportRow) -> Trainee | None:
        name, digest = row.values["name"], self._digests.get(row.number, "")
        unit = self.units.take(row, "unit")
        if unit is None and "unit" in row.values:
            return None
        possible = [file for file in self._named.get(name, ()) if not (digest and file.person.id_digest)]
        if row.is_filled("file_number"):
            possible = []
        here = [file for file in possible if unit is None or file.home_unit_id == unit.pk]
        if len(here) == 1:
            if unit is None:
                row.notes.append(_("Found by the name alone: %(who)s.") % {"who": told_of(here[0])})
            return here[0]
        if here or possible:
            return _choose(row, here, possible)
        if name in self._avoided:
            row.refuse("name", _("Nobody enters or changes their own file or that of a relative."))
        else:
            text = _("“%(name)s” has no growth file among yours. Import the trainees first, or correct the name.")
            row.refuse("file_number" if row.is_filled("file_number") else "name", text % {"name": name})
        return None


def told_of(file: Trainee) -> str:
    """A file as answers name it."""
    return joined([file.person.name, file.file_number, file.home_unit.name])


def _choose(row: ImportRow, here: list[Trainee], possible: list[Trainee]) -> Trainee | None:
    offered = here or possible
    row.candidates, row.may_be_new = [(file.pk, told_of(file)) for file in offered], False
    told = {"row": row.number, "name": row.values["name"], "count": len(offered)}
    if here:
        text = _("Row %(row)s: %(count)s people are called “%(name)s”. Choose one of them.")
    else:
        text = ngettext(
            "Row %(row)s: nobody of this unit is called “%(name)s”, but somebody of another one. Is it the same person?",
            "Row %(row)s: nobody of this unit is called “%(name)s”, but people of other ones. Choose one of them.",
            len(offered),
        )
    row.question = text % told
    return next((file for file in offered if file.pk == row.chosen), None)
