from django.urls import path

from cadre_app.imports.views import batches, mappings, rows, steps

app_name = "imports"
urlpatterns = [
    path("", batches.batch_list, name="batch_list"),
    path("new/<slug:sheet>/", batches.upload, name="upload"),
    path("template/<slug:sheet>/", batches.template, name="template"),
    path("<uuid:pk>/", batches.batch_detail, name="batch_detail"),
    path("<uuid:pk>/columns/", mappings.match, name="match"),
    path("columns/", mappings.mapping_list, name="mapping_list"),
    path("columns/<uuid:pk>/rename/", mappings.mapping_rename, name="mapping_rename"),
    path("columns/<uuid:pk>/remove/", mappings.mapping_remove, name="mapping_remove"),
    path("<uuid:pk>/rows/<int:number>/", rows.row_edit, name="row_edit"),
    path("<uuid:pk>/choices/", rows.choose, name="choose"),
    path("<uuid:pk>/errors/", rows.errors_book, name="errors_book"),
    path("<uuid:pk>/check/", steps.check, name="check"),
    path("<uuid:pk>/leave-out/", steps.leave_out, name="leave_out"),
    path("<uuid:pk>/confirm/", steps.confirm, name="confirm"),
    path("<uuid:pk>/undo/", steps.undo, name="undo"),
    path("<uuid:pk>/withdraw/", steps.withdraw, name="withdraw"),
    path("<uuid:pk>/result/", steps.result, name="result"),
]
