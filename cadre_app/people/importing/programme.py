"""What a row says about the programme: kind, status, arrival, post and rank."""

import copy
from datetime import date, timedelta
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from cadre_app.people.importing.cases import Case, Setting
from cadre_app.people.importing.cells import day_text, is_missing, is_month_only, refuse_at, same_month, says
from cadre_app.people.models import Kind, PostRecord, Status, SubKind, Trainee
from cadre_app.people.models.trainees import SUB_KINDS
from cadre_app.people.services.bulk import NewPost
from cadre_app.people.services.current import take_current_post
from cadre_app.people.services.posts import GRADED
from cadre_app.people.services.probation import is_shortened, moved_end, why_end_stays
from cadre_app.people.services.trainees import EARLIEST_ARRIVAL
from cadre_app.policy import codes

FACTS = ("kind", "sub_kind", "status", "arrived_on", "remark")
NEEDED = ("kind", "arrived_on", "home_unit")
TEXTS: dict[str, Any] = {"kind": Kind, "sub_kind": SubKind, "status": Status}
REPEATED = ("post", "post_since", "rank", "rank_since", "post_grade")


def examine_facts(case: Case, setting: Setting) -> None:
    """Fill `facts`, `status` and `arrived_on`; errors at their cells."""
    row, file = case.row, case.trainee
    values = {name: getattr(file, name) for name in FACTS} if file is not None else {}
    values |= {
        name: row.values[name]
        for name in FACTS
        if name in row.values and not (file is not None and says(row, name, getattr(file, name)))
    }
    if file is None:
        for key in NEEDED:
            if is_missing(row, key):
                row.refuse(key, _("Needed for a new file."))
        if values.get("kind") == Kind.SELECTED:
            values.setdefault("status", Status.CIVIL_SERVANT)
        elif "kind" in values and "status" not in values and is_missing(row, "status"):
            row.refuse("status", _("Needed for a new file."))
    _check_kinds(case, values)
    case.status, case.arrived_on = values.get("status", ""), values.get("arrived_on")
    _check_status_change(case)
    _check_arrival(case, setting)
    if file is None:
        case.facts = values | {"home_unit": case.unit}
    else:
        _note_differences(case, file, values, setting)


def examine_posts(case: Case, setting: Setting) -> None:
    """Records of post and rank that are new, or whose day is corrected."""
    row = case.row
    if case.status == Status.INSTITUTION and "rank" in row.values:
        row.refuse("rank", _("Staff of public institutions have a post grade, no rank. Leave the rank empty."))
    if case.status == Status.CIVIL_SERVANT and "post_grade" in row.values:
        row.refuse("post_grade", _("Civil servants have a rank, no post grade. Leave the post grade empty."))
    days = {key: _day(case, key) for key in ("post_since", "rank_since")}
    for key, day in days.items():
        if day is not None and day > setting.today:
            row.refuse(key, _("This day has not come yet. Record it on that day."))
    if case.trainee is None:
        _first_posts(case, days["post_since"], days["rank_since"])
    elif not row.has_errors:
        _Posts(case, case.trainee, setting).examine(days["post_since"], days["rank_since"])


def _check_kinds(case: Case, values: dict[str, Any]) -> None:
    kind, sub_kind, status = values.get("kind"), values.get("sub_kind"), values.get("status")
    if kind and sub_kind and sub_kind not in SUB_KINDS[Kind(kind)]:
        refuse_at(case.row, "sub_kind kind", _("This sub-kind does not belong to this kind."))
    if kind == Kind.SELECTED and status not in (None, Status.CIVIL_SERVANT):
        refuse_at(case.row, "status kind", _("A selected graduate is always a civil servant."))


def _check_status_change(case: Case) -> None:
    file = case.trainee
    if file is None or case.status == file.status:
        return
    if case.status == Status.INSTITUTION and file.rank:
        message = _("A rank is recorded, and staff of public institutions have none. Correct post and rank first.")
        case.row.refuse("status", message)
    elif case.status == Status.CIVIL_SERVANT and file.post_grade:
        message = _("A post grade is recorded, and civil servants have none. Correct post and rank first.")
        case.row.refuse("status", message)


def _check_arrival(case: Case, setting: Setting) -> None:
    row, day, file = case.row, case.arrived_on, case.trainee
    if day is None or (file is not None and day == file.arrived_on):
        return
    if day > setting.today:
        row.refuse("arrived_on", _("This day has not come yet. Record it on that day."))
    elif day < EARLIEST_ARRIVAL:
        text = _("No arrival before %(day)s can be entered here.")
        row.refuse("arrived_on", text % {"day": formats.date_format(EARLIEST_ARRIVAL)})
    elif file is not None:
        later = [term.started_on for term in setting.terms[file.pk]]
        later += [setting.transferred[file.pk]] if file.pk in setting.transferred else []
        if later and min(later) < day:
            text = _("A village term or transfer is recorded from %(day)s. Correct it first.")
            row.refuse("arrived_on", text % {"day": formats.date_format(min(later))})


def _note_differences(case: Case, file: Trainee, values: dict[str, Any], setting: Setting) -> None:
    for name in FACTS:
        old, new = getattr(file, name), values[name]
        if old != new:
            case.facts[name] = new
            case.row.changes.append((setting.labels[name], _shown(name, old), _shown(name, new)))
    if "arrived_on" in case.facts and not case.row.has_errors:
        _move_probation(case, file, values["arrived_on"], setting)


def _move_probation(case: Case, file: Trainee, arrived_on: date, setting: Setting) -> None:
    """Probation of the usual length moves with the arrival; a sheet gives no reason for a shorter one."""
    was = file.probation_ends_on
    ends = moved_end(was, arrived_before=file.arrived_on, arrived_on=arrived_on)
    _code, why = why_end_stays(setting.kept_ends.get(file.pk, ()), was, ends, arrived_on=arrived_on)
    if why:
        case.row.refuse("arrived_on", why)
    elif was is not None and was != ends:
        case.facts["probation_ends_on"] = ends
        case.row.changes.append((_("Probation ends on"), day_text(was), day_text(ends)))
    elif ends is not None and ends < arrived_on:
        case.row.refuse("arrived_on", _("Probation cannot end before reporting for duty."))
    elif is_shortened(ends, arrived_on):
        text = _("Probation would be shorter than usual. Correct the arrival on the page of the file, with a reason.")
        case.row.refuse("arrived_on", text)


def _shown(name: str, value: Any) -> str:
    if name in TEXTS:
        return str(TEXTS[name](value).label) if value else ""
    if name == "rank":
        return codes.label("rank", value) if value else ""
    return day_text(value) if value is None or isinstance(value, date) else str(value)


def _day(case: Case, key: str) -> date | None:
    """The day of a cell; a month that is the one of the arrival begins with the arrival."""
    day: date | None = case.row.get(key)
    arrived = case.arrived_on
    if day is not None and arrived is not None and day < arrived and same_month(day, arrived):
        return arrived if is_month_only(case.row, key) else day
    return day


def _first_posts(case: Case, post_day: date | None, rank_day: date | None) -> None:
    """For a new file: post and rank each from their day on; without one the post from the rank's, that from arrival."""
    row, arrived = case.row, case.arrived_on
    post, rank, grade = row.get("post", ""), row.get("rank", ""), row.get("post_grade", "")
    if not (post or rank or grade):
        if post_day or rank_day:
            refuse_at(row, "rank_since post_since", _("Write the post, the rank or the post grade."))
        return
    if arrived is None:
        return
    if (rank or grade) and rank_day is None:
        row.notes.append(_("Rank or post grade count from reporting for duty, as no day is given."))
    rank_day = rank_day or arrived
    post_day = post_day or (rank_day if rank or grade else arrived)
    starts = {post_day} if post else set()
    starts |= {rank_day} if rank or grade else set()
    case.posts = [
        NewPost(
            started_on=day,
            post=post if post_day <= day else "",
            rank=rank if rank_day <= day else "",
            post_grade=grade if rank_day <= day else "",
        )
        for day in sorted(starts)
    ]


class _Posts:
    """Post and rank of a file that exists: what its records say, and what the row adds or corrects."""

    def __init__(self, case: Case, file: Trainee, setting: Setting) -> None:
        self.case, self.row, self.file, self.setting = case, case.row, file, setting
        self.records = setting.posts[file.pk]
        self.new_rank = {name: value for name in ("rank", "post_grade") if (value := self._other(name))}
        self.new_post = self._other("post")

    def examine(self, post_day: date | None, rank_day: date | None) -> None:
        """Fill `posts` and `changed_posts` of the case, with the changes of what the file repeats of them."""
        starts: dict[date, set[str]] = {}
        if self.new_rank:
            self._refuse_first_rank()
            if rank_day is None:
                if is_missing(self.row, "rank_since"):
                    self.row.refuse("rank_since", _("Say since when: the rank or post grade is a new one."))
                return
            starts.setdefault(rank_day, set()).add("rank")
        elif rank_day is not None and not says(self.row, "rank_since", self.file.rank_since):
            self._move("rank_since", rank_day, ("rank", "post_grade"))
        if self.new_post:
            if post_day is None:
                post_day = rank_day if self.new_rank else self.setting.today
            starts.setdefault(post_day or self.setting.today, set()).add("post")
        elif post_day is not None and not says(self.row, "post_since", self.file.post_since):
            self._move("post_since", post_day, ("post", "post_level"))
        for day in sorted(starts):
            self._add(day, starts[day])
        self._refuse_graded()
        if not self.row.has_errors:
            self._note_differences()

    def _other(self, name: str) -> str:
        """What the row says, if the file says something else."""
        value: str = self.row.get(name, "")
        return value if value != getattr(self.file, name) else ""

    def _add(self, day: date, parts: set[str]) -> None:
        """A record from `day` on, or the latest one corrected if it is of that day."""
        latest = self.records[-1] if self.records else None
        if latest is not None and day < latest.started_on:
            text = _("Post and rank are recorded from %(day)s on. Enter earlier ones on the page of the file.")
            key = "rank_since post_since" if "rank" in parts else "post_since post"
            refuse_at(self.row, key, text % {"day": formats.date_format(latest.started_on)})
            return
        base = self.case.posts[-1] if self.case.posts else self._corrected(latest)
        values = {
            name: getattr(base, name) if base is not None else ""
            for name in ("post", "post_level", "rank", "post_grade")
        }
        if "rank" in parts:
            values |= {"rank": self.row.get("rank", ""), "post_grade": self.row.get("post_grade", "")}
        if "post" in parts:
            values |= {"post": self.new_post, "post_level": ""}
        if latest is not None and day == latest.started_on:
            self.case.changed_posts.setdefault(latest.pk, {}).update(values)
        else:
            self.case.posts.append(NewPost(started_on=day, **values))

    def _move(self, key: str, day: date, names: tuple[str, ...]) -> None:
        """Another first day of what is held now: that of the record with which it began."""
        if not any(getattr(self.file, name) for name in names) or not self.records:
            return
        index = len(self.records) - 1
        held = [getattr(self.records[-1], name) for name in names]
        while index and [getattr(self.records[index - 1], name) for name in names] == held:
            index -= 1
        earliest = self.records[index - 1].started_on + timedelta(days=1) if index else date.min
        latest = self.records[index + 1].started_on - timedelta(days=1) if index + 1 < len(self.records) else date.max
        if not earliest <= day <= latest:
            self.row.refuse(key, _("Other records of post and rank speak against this day. Correct them on the page."))
            return
        self.case.changed_posts.setdefault(self.records[index].pk, {})["started_on"] = day

    def _corrected(self, record: PostRecord | None) -> PostRecord | None:
        if record is None or record.pk not in self.case.changed_posts:
            return record
        found = copy.copy(record)
        for name, value in self.case.changed_posts[record.pk].items():
            setattr(found, name, value)
        return found

    def _refuse_first_rank(self) -> None:
        """As the page of the file: a rank other than the one held may have to wait for a sign-off."""
        if why := self.setting.ranks_not_yet.get(self.file.pk, ""):
            self.row.refuse("rank" if "rank" in self.new_rank else "post_grade", why)

    def _refuse_graded(self) -> None:
        """As the page of the file: what a signed grading says of a record is not corrected here."""
        for record in self.records:
            wanted = self.case.changed_posts.get(record.pk, {})
            changed = [name for name in GRADED if name in wanted and wanted[name] != getattr(record, name)]
            if changed and (why := self.setting.posts_held.get(record.pk, "")):
                keys = {"started_on": "rank_since post_since"}
                refuse_at(self.row, keys.get(changed[0], changed[0]), why)

    def _note_differences(self) -> None:
        if not (self.case.posts or self.case.changed_posts):
            return
        after = copy.copy(self.file)
        records = [found for record in self.records if (found := self._corrected(record)) is not None]
        take_current_post(after, [*records, *(PostRecord(**vars(new)) for new in self.case.posts)])
        for name in REPEATED:
            old, new = getattr(self.file, name), getattr(after, name)
            if old != new:
                self.row.changes.append((self.setting.labels[name], _shown(name, old), _shown(name, new)))
        if self.new_post and "post_since" not in self.row.values and not self.new_rank:
            self.row.notes.append(_("The new post counts from today, as no day is given."))
