"""Uploads: the photo in the trainee's file, a document of a kind of these tests, and what was removed."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cadre_app.core.registries import FileKind
from cadre_app.files import services
from cadre_app.files.models import DOCUMENT, PDF, PICTURE
from cadre_app.files.uploads import CheckedUpload
from cadre_app.history import services as history
from cadre_app.people.services.photos import PHOTO, may_read
from tests.access.harness import Route, World
from tests.access.rows_a_people import EDIT, READ, READERS, SAVED, of
from tests.access.rows_people_files import OTHERS
from tests.factories import PersonFactory, TraineeFactory
from tests.files.made import pdf

PAPER = "tests.paper"
PAPER_KIND = FileKind("公文", (PDF, DOCUMENT), may_read, max_count=3)
NOBODY = {"*": 404}


def extend(world: World) -> None:
    """A photo and a document, one PDF that staff opened, and a photo that was removed."""
    trainee, staff = world.objects["trainee"], world.actors["staff"]

    def kept(key: str, kind: str, upload: CheckedUpload, owner: Any = trainee) -> None:
        world.objects[key] = services.store_file(kind=kind, owner=owner.person, upload=upload, actor=staff)

    def told(key: str) -> str:
        return world.canary(key, seen_by=READERS)

    content, small = told("photo").encode(), told("small photo").encode()
    kept("photo", PHOTO, CheckedUpload(told("photo name"), PICTURE, "image/jpeg", content, small, 3, 4))
    kept("letter", PAPER, CheckedUpload("信.docx", DOCUMENT, "application/octet-stream", told("letter").encode()))
    kept("paper", PAPER, CheckedUpload(told("paper name"), PDF, "application/pdf", pdf(), pages=1))
    history.record("files.storedfile.opened", actor=staff, obj=world.objects["paper"], kind="reading")
    other = TraineeFactory.create(person=PersonFactory.create(name="旧照的同志"), home_unit=world.town)
    photo = CheckedUpload("旧照.jpg", PICTURE, "image/jpeg", world.canary("removed photo", seen_by=()).encode())
    kept("removed photo", PHOTO, photo, other)
    world.objects["removed photo"] = services.remove_file(world.objects["removed photo"], reason="误传", actor=staff)


def photo(world: World, actor: str) -> dict[str, Any]:
    target = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(target, "PNG")
    return {"photo": SimpleUploadedFile("证件照.png", target.getvalue())}


def page(number: int) -> Any:
    return lambda world: {"pk": world.objects["paper"].pk, "number": number}


REASON = {"reason": "本人要求"}

ROUTES = [
    Route("files:download", kwargs=of("photo"), get=READ),
    Route("files:download", kwargs=of("letter"), get=READ),
    Route("files:download", kwargs=of("removed photo"), get=NOBODY),
    Route("files:preview", kwargs=of("photo"), get=READ),
    Route("files:preview", kwargs=of("photo"), query="?size=small", get=READ),
    Route("files:preview", kwargs=of("paper"), get=READ),
    Route("files:preview", kwargs=of("letter"), get=NOBODY),
    Route("files:preview", kwargs=of("removed photo"), get=NOBODY),
    Route("files:page", kwargs=page(1), get={"staff": 200, "*": 404}),
    Route("files:page", kwargs=page(2), get=NOBODY),
    Route("people:photo_edit", kwargs=of("trainee"), get=EDIT, post=SAVED, data=photo),
    Route("people:photo_remove", kwargs=of("trainee"), get=EDIT, post=SAVED, data=lambda world, actor: REASON),
    Route(
        "people:photo_restore",
        kwargs=of("removed photo"),
        get=OTHERS,
        post=OTHERS | {"staff": 302},
        data=lambda world, actor: {**REASON, "version": world.objects["removed photo"].version},
    ),
]
