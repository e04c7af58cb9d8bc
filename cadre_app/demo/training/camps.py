"""The camps of the last two years; grades as the rules give them on the reference date."""

from collections.abc import Iterator
from datetime import date, timedelta

from cadre_app.accounts.models import User
from cadre_app.people.models import Trainee
from cadre_app.people.services.bulk import write_many
from cadre_app.stages.rules import Facts, Rules, StageKey, stage_on
from cadre_app.training.models import Camp, CampExit, CampMember

YEARS = 2
PAUSED = "产假"
WHO_PAUSES = "郑可欣"


def load_camps(users: dict[str, User], files: dict[str, Trainee], as_of: date) -> list[Camp]:
    """The camp that runs on `as_of` and the one before it, newest first, with whoever left them meanwhile."""
    rules = Rules.on(as_of)
    latest = rules.latest_reference(as_of)
    found = []
    for back in range(YEARS):
        reference = rules.reference_in(latest.year - back) if latest is not None else None
        if reference is not None:
            found.append(Camp(year=reference.year, reference_on=reference, applied_on=reference))
    write_many(found, actor=users["staff"], verb="training.camp.planned", reason="")
    ends = [as_of, *[camp.reference_on for camp in found]]
    for camp, until in zip(found, ends, strict=False):
        members = list(_members(camp, files, rules, until, is_running=camp is found[0]))
        write_many(members, actor=users["staff"], verb="training.campmember.joined", reason="")
    return found


def _members(
    camp: Camp, files: dict[str, Trainee], rules: Rules, until: date, *, is_running: bool
) -> Iterator[CampMember]:
    """Everybody in the camp, with whoever left it up to `until`: today, or the first day of the next camp."""
    for name, file in sorted(files.items()):
        facts = Facts(arrived_on=file.arrived_on, term_ends_on=file.term_ends_on, departed_on=file.departed_on)
        stage = stage_on(facts, camp.reference_on, rules)
        if stage.stage != StageKey.CAMP or stage.grade is None:
            continue
        left_on, left_kind = _exit(file, camp, until)
        yield CampMember(
            camp=camp,
            trainee=file,
            grade=stage.grade,
            months=stage.months_on_reference,
            rule=stage.rule,
            joined_on=camp.reference_on,
            paused_reason=PAUSED if name == WHO_PAUSES and left_on is None and is_running else "",
            left_on=left_on,
            left_kind=left_kind,
        )


def _exit(file: Trainee, camp: Camp, until: date) -> tuple[date | None, str]:
    """The first day outside the camp, where it came up to `until`."""
    ends = []
    if file.term_ends_on is not None:
        ends.append((max(file.term_ends_on + timedelta(days=1), camp.reference_on), CampExit.TERM_ENDED))
    if file.departed_on is not None:
        ends.append((max(file.departed_on, camp.reference_on), CampExit.DEPARTED))
    past = [each for each in ends if each[0] <= until]
    return min(past) if past else (None, "")
