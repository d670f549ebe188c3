"""Staff addresses: vetting, suspension, other spellings, duplicates and merges."""

from django.urls import path

from madobe.directory.views.staff import merging, vetting

app_name = "vetting"
urlpatterns = [
    path("vetting/", vetting.queue, name="queue"),
    path("find/", vetting.find, name="find"),
    path("organizations/<uuid:key>/vetting/", vetting.organization, name="organization"),
    path("organizations/<uuid:key>/facts/", vetting.correct, name="correct"),
    path("organizations/<uuid:key>/reopen/", vetting.reopen, name="reopen"),
    path(
        "organizations/<uuid:key>/suspend/", vetting.suspend_operator, name="suspend_organization"
    ),
    path(
        "organizations/<uuid:key>/names/", vetting.organization_aliases, name="organization_aliases"
    ),
    path("services/<uuid:key>/standing/", vetting.service, name="service"),
    path("services/<uuid:key>/suspend/", vetting.suspend_one_service, name="suspend_service"),
    path("services/<uuid:key>/names/", vetting.service_aliases, name="service_aliases"),
    path("suspensions/<uuid:key>/lift/", vetting.lift, name="lift"),
    path("duplicates/", merging.duplicates, name="duplicates"),
    path("duplicates/<uuid:key>/not-same/", merging.not_same, name="not_same"),
    path(
        "merge/services/<uuid:keep>/<uuid:other>/",
        merging.merge,
        {"table": "service"},
        name="merge_services",
    ),
    path(
        "merge/organizations/<uuid:keep>/<uuid:other>/",
        merging.merge,
        {"table": "organization"},
        name="merge_organizations",
    ),
    path("merges/", merging.merge_list, name="merges"),
    path("merges/<uuid:key>/undo/", merging.undo, name="undo"),
]
