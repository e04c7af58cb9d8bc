"""Addresses of courses; part of the room's (urls/__init__.py)."""

from django.urls import path

from cadre_app.training.views import courses, materials, teachers

urlpatterns = [
    path("courses/", courses.course_list, name="course_list"),
    path("courses/new/", courses.course_new, name="course_new"),
    path("courses/<uuid:pk>/", courses.course_detail, name="course_detail"),
    path("courses/<uuid:pk>/edit/", courses.course_edit, name="course_edit"),
    path("courses/<uuid:pk>/close/", courses.course_close, name="course_close"),
    path("courses/<uuid:pk>/reopen/", courses.course_reopen, name="course_reopen"),
    path("courses/<uuid:pk>/void/", courses.course_void, name="course_void"),
    path("courses/<uuid:pk>/restore/", courses.course_restore, name="course_restore"),
    path("courses/<uuid:pk>/materials/", materials.material_new, name="material_new"),
    path("materials/<uuid:pk>/remove/", materials.material_remove, name="material_remove"),
    path("materials/<uuid:pk>/restore/", materials.material_restore, name="material_restore"),
    path("teachers/", teachers.teacher_list, name="teacher_list"),
    path("teachers/new/", teachers.teacher_new, name="teacher_new"),
    path("teachers/<uuid:pk>/edit/", teachers.teacher_edit, name="teacher_edit"),
    path("scenarios/", teachers.scenario_list, name="scenario_list"),
    path("scenarios/new/", teachers.scenario_new, name="scenario_new"),
    path("scenarios/<uuid:pk>/", teachers.scenario_detail, name="scenario_detail"),
    path("scenarios/<uuid:pk>/edit/", teachers.scenario_edit, name="scenario_edit"),
]
