from django.urls import path

from cadre_app.handover.views import hand_overs, lists, materials

app_name = "handover"
urlpatterns = [
    path("", lists.material_list, name="material_list"),
    path("sheet/", lists.material_sheet, name="material_sheet"),
    path("sheet/word/", lists.material_sheet_word, name="material_sheet_word"),
    path("handed-over/", lists.hand_over_list, name="hand_over_list"),
    path("handed-over/<uuid:pk>/", hand_overs.hand_over_detail, name="hand_over_detail"),
    path("handed-over/<uuid:pk>/edit/", hand_overs.hand_over_edit, name="hand_over_edit"),
    path("handed-over/<uuid:pk>/take-back/", hand_overs.hand_over_take_back, name="hand_over_take_back"),
    path("hand-over/", lists.material_hand_over_many, name="material_hand_over_many"),
    path("new/", materials.material_new, name="material_new"),
    path("<uuid:pk>/", materials.material_detail, name="material_detail"),
    path("<uuid:pk>/edit/", materials.material_edit, name="material_edit"),
    path("<uuid:pk>/hand-over/", materials.material_hand_over, name="material_hand_over"),
    path("<uuid:pk>/take-back/", materials.material_take_back, name="material_take_back"),
    path("<uuid:pk>/void/", materials.material_void, name="material_void"),
    path("<uuid:pk>/restore/", materials.material_restore, name="material_restore"),
]
