"""The directory's addresses behind sign-in, under /staff/directory/."""

from django.urls import path

from madobe.directory.views.staff import editing, inbox, services

app_name = "directory_staff"
urlpatterns = [
    path("", services.services, name="services"),
    path("new/", editing.new, name="new"),
    path("due/", services.due, name="due"),
    path("drafts/<str:target>/", editing.draft, name="draft"),
    path("suggestions/", inbox.suggestions, name="suggestions"),
    path("suggestions/<uuid:suggestion_id>/", inbox.suggestion, name="suggestion"),
    path("reviews/", inbox.reviews, name="reviews"),
    path("reviews/<uuid:item_id>/", inbox.review, name="review"),
    path("alerts/<uuid:alert_id>/end/", services.withdraw_alert, name="withdraw_alert"),
    path("<uuid:service_id>/", services.service, name="service"),
    path("<uuid:service_id>/edit/", editing.edit, name="edit"),
    path("<uuid:service_id>/verify/", services.verify, name="verify"),
    path("<uuid:service_id>/publish/", services.publish, name="publish"),
    path("<uuid:service_id>/unpublish/", services.withdraw, name="withdraw"),
    path("<uuid:service_id>/alerts/", services.alert, name="alert"),
    path("<uuid:service_id>/availability/", services.availability, name="availability"),
    path("<uuid:service_id>/link/", services.link, name="link"),
]
