"""Guidance notes of all three kinds, with answers, photos and check-ins, in pairings that run and in one that ended."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cadre_app.files import services as files
from cadre_app.files.models import PICTURE
from cadre_app.files.uploads import CheckedUpload
from cadre_app.mentorship.models import CheckIn, GuidanceNote, MentorKind, Pairing
from cadre_app.mentorship.services import answers, check_ins, corrections, notes
from cadre_app.mentorship.services.notes import PHOTO
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, person_of, sent
from tests.factories import PersonFactory, TraineeFactory

MENTOR, TRAINEE, FORMER = "mentor", "trainee", "former_mentor"
WORKERS = ("staff", "leader")
OFFICE = (*WORKERS, "liaison")
TEXTS = ("topic", "text", "next step")


def extend(world: World) -> None:
    """The mentor with the file of rows_growth, somebody else with the trainee's, the former mentor with a third."""
    author = PersonFactory.create(name="另一位导师")
    world.objects["mentor pairing"] = running = world.objects["pairing"]
    world.objects["trainee pairing"] = foreign = paired(world.objects["trainee"], author)
    for visibility, readers in (("shared", WORKERS), ("department", WORKERS), ("private", ())):
        write(world, f"{visibility} note", running, visibility, *readers, MENTOR)
        own = (TRAINEE,) if visibility == "shared" else ()
        write(world, f"foreign {visibility} note", foreign, visibility, *readers, *own)
    _corrected(world, running, foreign)
    _changed_twice(world)
    actor = world.actors[MENTOR]
    wrong = write(world, "voided note", running, "shared", *WORKERS, MENTOR)
    reason = world.canary("reason of the voided note", seen_by=(*WORKERS, MENTOR))
    world.objects["voided note"] = notes.void_note(wrong, reason=reason, actor=actor)
    _answered(world, foreign)
    _photos(world)
    _check_ins(world, running, foreign)
    _former(world)


def paired(trainee: Any, mentor: Any) -> Pairing:
    """A pairing that began a month ago and runs."""
    today = timezone.localdate()
    return Pairing.objects.create(
        trainee=trainee,
        mentor=mentor,
        kind=MentorKind.COMMUNITY,
        choice_reason="熟悉村情",
        started_on=today - timedelta(days=31),
        due_on=today + timedelta(days=300),
        check_in_days=30,
        next_check_in_on=today,
        last_record_on=today,
    )


def write(world: World, key: str, pairing: Pairing, visibility: str, *seen_by: str) -> GuidanceNote:
    """A note each of whose texts is a canary; by phone, so that it holds no check-in."""
    topic, text, step = (world.canary(f"{part} of the {key}", seen_by=seen_by) for part in TEXTS)
    today = timezone.localdate()
    world.objects[key] = notes.add_note(
        pairing,
        happened_on=today,
        way="phone",
        topic=topic,
        text=text,
        next_step=step,
        next_step_on=today,
        visibility=visibility,
        actor=None,
    )
    note: GuidanceNote = world.objects[key]
    return note


def _corrected(world: World, running: Pairing, foreign: Pairing) -> None:
    """Notes that are past their days: one to be corrected, and in each pairing one that was."""
    write(world, "old note", running, "shared", *WORKERS, MENTOR)
    for key, pairing, own in (("", running, MENTOR), ("foreign ", foreign, TRAINEE)):
        old = write(world, f"{key}superseded note", pairing, "shared", *WORKERS, own)
        _age(old)
        texts = {part: world.canary(f"{part} of the {key}correction", seen_by=(*WORKERS, own)) for part in TEXTS}
        world.objects[f"{key}correction"] = corrections.correct_note(
            old, happened_on=old.happened_on, way="phone", topic=texts["topic"], text=texts["text"],
            next_step=texts["next step"], actor=world.actors[MENTOR],
        )  # fmt: skip
    _age(world.objects["old note"])


def _age(note: GuidanceNote) -> None:
    GuidanceNote.objects.filter(pk=note.pk).update(created_at=timezone.now() - timedelta(days=31))
    note.refresh_from_db()


def _changed_twice(world: World) -> None:
    """A note of the trainee that was voided and stands again: why is told to those who work on the file."""
    staff, key = world.actors["staff"], "foreign shared note"
    reason = world.canary("reason of the note that stands again", seen_by=WORKERS)
    voided = notes.void_note(world.objects[key], reason=reason, actor=staff)
    world.objects[key] = notes.restore_note(voided, actor=staff)


def _answered(world: World, pairing: Pairing) -> None:
    note = write(world, "answered note", pairing, "shared", *WORKERS, TRAINEE)
    answer = world.canary("answer of the trainee", seen_by=(*WORKERS, TRAINEE))
    world.objects["answered note"] = answers.answer_note(note, answer=answer, actor=world.actors[TRAINEE])
    old = write(world, "note answered long ago", pairing, "shared", *WORKERS, TRAINEE)
    answers.answer_note(old, answer="谢谢书记", actor=world.actors[TRAINEE])
    GuidanceNote.objects.filter(pk=old.pk).update(answered_at=timezone.now() - timedelta(days=60))


def _photos(world: World) -> None:
    for visibility, readers in (("shared", WORKERS), ("department", WORKERS), ("private", ())):
        key = f"picture of the {visibility} note"
        name, content, small = (
            world.canary(f"{part}{key}", seen_by=(*readers, MENTOR)) for part in ("", "content of the ", "reduced ")
        )
        upload = CheckedUpload(name, PICTURE, "image/jpeg", content.encode(), small.encode(), 3, 4)
        owner = world.objects[f"{visibility} note"]
        world.objects[key] = files.store_file(kind=PHOTO, owner=owner, upload=upload, actor=world.actors[MENTOR])


def _check_ins(world: World, running: Pairing, foreign: Pairing) -> None:
    today = timezone.localdate()

    def arranged(key: str, pairing: Pairing, *seen_by: str) -> CheckIn:
        place = world.canary(f"place of the {key}", seen_by=(*OFFICE, *seen_by))
        world.objects[key] = check_ins.arrange_check_in(pairing, planned_on=today, place=place, actor=None)
        check_in: CheckIn = world.objects[key]
        return check_in

    reason = world.canary("reason of the check-in called off", seen_by=(*OFFICE, MENTOR))
    off = arranged("check-in called off", running, MENTOR)
    check_ins.call_off_check_in(off, reason=reason, actor=world.actors[MENTOR])
    arranged("open check-in", running, MENTOR)
    held = arranged("held check-in", foreign, TRAINEE)
    world.objects["held check-in"] = check_ins.hold_check_in(held, held_on=today, actor=None)


def _former(world: World) -> None:
    """What the former mentor wrote is read by the department alone."""
    name = world.canary("file of the former mentor", seen_by=OFFICE)
    trainee = TraineeFactory.create(person=PersonFactory.create(name=name), home_unit=world.town)
    pairing = paired(trainee, person_of(world, FORMER))
    world.objects["former pairing"] = pairing
    for visibility, readers in (("shared", WORKERS), ("private", ())):
        write(world, f"former {visibility} note", pairing, visibility, *readers)
    Pairing.objects.filter(pk=pairing.pk).update(ended_on=timezone.localdate(), end_kind="completed")


def note(world: World, actor: str) -> dict[str, Any]:
    return {
        "way": "visit",
        "text": "同走了两户",
        "happened_on": timezone.localdate().isoformat(),
        "visibility": "shared",
    }


def changed(key: str) -> Any:
    return lambda world, actor: {**note(world, actor), **sent(key)(world, actor)}


def photo(world: World) -> dict[str, Any]:
    return {"pk": world.objects["shared note"].pk, "photo": world.objects["picture of the shared note"].pk}


def table(*statuses: tuple[str, int], rest: int = 404) -> dict[str, int]:
    return dict(statuses) | {"*": rest}


SEEN = table(("staff", 200), ("leader", 200), (MENTOR, 200))
HIDDEN = table((MENTOR, 200))
DEPARTMENT = table(("staff", 200), ("leader", 200))
OWN = DEPARTMENT | {TRAINEE: 200}
AUTHOR = table(("staff", 403), ("leader", 403), (MENTOR, 200))
AUTHOR_DONE = AUTHOR | {MENTOR: 302}
VOID = AUTHOR | {"staff": 200}
VOID_DONE = AUTHOR_DONE | {"staff": 302}
RESTORE = AUTHOR | {"staff": 200, MENTOR: 403}
RESTORED = RESTORE | {"staff": 302}
ANSWER = table(("staff", 403), ("leader", 403), (TRAINEE, 200))
ANSWERED = ANSWER | {TRAINEE: 302}
NOBODY = table()
LIST = dict.fromkeys((*OFFICE, "other_staff", "moved_staff", MENTOR, TRAINEE), 200) | {"*": 404}
PAIR = dict.fromkeys((*OFFICE, MENTOR), 200) | {"*": 404}
ARRANGE = PAIR | {"leader": 403, "liaison": 403}
ARRANGED = ARRANGE | {"staff": 302, MENTOR: 302}
OTHERS = dict.fromkeys((*OFFICE, TRAINEE), 200) | {"*": 404}
BY_STAFF = OTHERS | {"leader": 403, "liaison": 403, TRAINEE: 403}
BY_STAFF_DONE = BY_STAFF | {"staff": 302}
TODAY = {"planned_on": timezone.localdate().isoformat(), "place": "村部"}

ROUTES = [
    Route("mentorship:note_list", get=LIST),
    Route("mentorship:note_list", query="?columns=happened_on,topic,text,next_step,answer,visibility", get=LIST),
    Route("mentorship:note_list", query="?state=voided&q=金丝雀", get=LIST),
    Route(
        "mentorship:note_new",
        get=table((MENTOR, 302), rest=403),
        post=table((MENTOR, 302), ("former_mentor", 404), rest=403),
        data=note,
    ),
    Route("mentorship:note_detail", kwargs=of("shared note"), get=SEEN),
    Route("mentorship:note_detail", kwargs=of("department note"), get=SEEN),
    Route("mentorship:note_detail", kwargs=of("private note"), get=HIDDEN),
    Route("mentorship:note_detail", kwargs=of("voided note"), get=SEEN),
    Route("mentorship:note_detail", kwargs=of("foreign shared note"), get=OWN),
    Route("mentorship:note_detail", kwargs=of("foreign department note"), get=DEPARTMENT),
    Route("mentorship:note_detail", kwargs=of("foreign private note"), get=NOBODY),
    Route("mentorship:note_detail", kwargs=of("answered note"), get=OWN),
    Route("mentorship:note_detail", kwargs=of("former shared note"), get=DEPARTMENT),
    Route("mentorship:note_detail", kwargs=of("former private note"), get=NOBODY),
    Route("mentorship:note_detail", kwargs=of("superseded note"), get=SEEN),
    Route("mentorship:note_detail", kwargs=of("correction"), get=SEEN),
    Route("mentorship:note_detail", kwargs=of("foreign superseded note"), get=OWN),
    Route("mentorship:note_detail", kwargs=of("foreign correction"), get=OWN),
    Route(
        "mentorship:note_correct",
        kwargs=of("old note"),
        get=AUTHOR,
        post=AUTHOR_DONE,
        data=changed("old note"),
    ),
    Route(
        "mentorship:note_correct", kwargs=of("superseded note"), get=AUTHOR | {MENTOR: 403}, post=AUTHOR | {MENTOR: 403}
    ),
    Route("mentorship:note_sent", kwargs=of("private note"), get=HIDDEN),
    Route("mentorship:note_sent", kwargs=of("shared note"), get=AUTHOR),
    Route("mentorship:note_edit", kwargs=of("shared note"), get=AUTHOR, post=AUTHOR_DONE, data=changed("shared note")),
    Route(
        "mentorship:note_edit",
        kwargs=of("private note"),
        get=HIDDEN,
        post=table((MENTOR, 302)),
        data=changed("private note"),
    ),
    Route(
        "mentorship:note_void",
        kwargs=of("shared note"),
        get=VOID,
        post=VOID_DONE,
        data=sent("shared note", reason="误录"),
    ),
    Route(
        "mentorship:note_void",
        kwargs=of("private note"),
        get=HIDDEN,
        post=table((MENTOR, 302)),
        data=sent("private note", reason="误录"),
    ),
    Route("mentorship:note_restore", kwargs=of("voided note"), get=RESTORE, post=RESTORED, data=sent("voided note")),
    Route(
        "mentorship:note_acknowledge",
        kwargs=of("foreign shared note"),
        post=ANSWERED,
        data=sent("foreign shared note"),
    ),
    Route(
        "mentorship:note_acknowledge", kwargs=of("foreign private note"), post=NOBODY, data=sent("foreign private note")
    ),
    Route(
        "mentorship:note_answer",
        kwargs=of("foreign shared note"),
        get=ANSWER,
        post=ANSWERED,
        data=sent("foreign shared note", answer="谢谢书记"),
    ),
    Route(
        "mentorship:note_answer",
        kwargs=of("note answered long ago"),
        get=ANSWER | {TRAINEE: 403},
        post=ANSWER | {TRAINEE: 403},
        data=sent("note answered long ago", answer="还是谢谢书记"),
    ),
    Route(
        "mentorship:note_step",
        kwargs=of("foreign shared note"),
        post=ANSWERED,
        data=sent("foreign shared note", is_done="1"),
    ),
    Route(
        "mentorship:note_step",
        kwargs=of("shared note"),
        post=AUTHOR_DONE,
        data=sent("shared note", is_done="1"),
    ),
    Route(
        "mentorship:photo_remove",
        kwargs=photo,
        get=AUTHOR,
        post=AUTHOR_DONE,
        data=sent("picture of the shared note"),
    ),
    Route("files:preview", kwargs=of("picture of the shared note"), get=SEEN),
    Route("files:preview", kwargs=of("picture of the department note"), query="?size=small", get=SEEN),
    Route("files:preview", kwargs=of("picture of the private note"), get=HIDDEN),
    Route("files:download", kwargs=of("picture of the private note"), get=HIDDEN),
    Route("growth:file", kwargs=of("mentored"), query="?kind=mentoring", get=PAIR),
    Route("growth:file", kwargs=of("trainee"), query="?kind=mentoring", get=OTHERS),
    Route("mentorship:check_in_list", kwargs=of("mentor pairing"), get=PAIR),
    Route("mentorship:check_in_list", kwargs=of("trainee pairing"), get=OTHERS),
    Route("mentorship:check_in_list", kwargs=of("former pairing"), get=dict.fromkeys(OFFICE, 200) | {"*": 404}),
    Route(
        "mentorship:check_in_new",
        kwargs=of("trainee pairing"),
        get=BY_STAFF,
        post=BY_STAFF_DONE,
        data=lambda world, actor: TODAY,
    ),
    Route(
        "mentorship:check_in_edit",
        kwargs=of("open check-in"),
        get=ARRANGE,
        post=ARRANGED,
        data=sent("open check-in", **TODAY),
    ),
    Route(
        "mentorship:check_in_hold",
        kwargs=of("open check-in"),
        get=ARRANGE,
        post=ARRANGED,
        data=sent("open check-in", held_on=timezone.localdate().isoformat()),
    ),
    Route(
        "mentorship:check_in_call_off",
        kwargs=of("open check-in"),
        get=ARRANGE,
        post=ARRANGED,
        data=sent("open check-in", reason="台风"),
    ),
    Route(
        "mentorship:check_in_reopen",
        kwargs=of("held check-in"),
        get=BY_STAFF,
        post=BY_STAFF_DONE,
        data=sent("held check-in", reason="误录"),
    ),
]
