"""What the rows of training are about; made first, so that those of its nouns find them.

The trainer's session has the tied file on its roster, whose name the trainer knows; the session of somebody else has
the trainee and the foreign file.
"""

from cadre_app.training.models import CourseKind
from tests.access.harness import Route, World
from tests.training.factories import enrol, make_course, make_session, make_teacher

ROUTES: list[Route] = []


def extend(world: World) -> None:
    teacher = make_teacher("温绍儒", account=world.actors["trainer"])
    other = make_teacher("尹若蘅")
    world.objects |= {"teacher": teacher, "other teacher": other}
    course = make_course("调研报告的问题与对策")
    course.teachers.add(teacher)
    world.objects["course"] = course
    world.objects["other course"] = make_course("台风登陆前72小时", kind=CourseKind.SAND_TABLE)
    taught = make_session(course, teacher=teacher)
    world.objects["taught session"] = taught
    world.objects["taught place"] = enrol(taught, world.objects["tied"])
    own = make_session(world.objects["other course"], teacher=other)
    world.objects["own session"] = own
    world.objects["own place"] = enrol(own, world.objects["trainee"])
    world.objects["foreign place"] = enrol(own, world.objects["foreign trainee"])
