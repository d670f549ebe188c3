"""Addresses of the API."""

from django.urls import path

from madobe.directory.api import views

app_name = "hsds"
urlpatterns = [
    path("", views.root, name="root"),
    path("openapi.json", views.openapi, name="openapi"),
    path("profile", views.profile_, name="profile"),
    path("changes", views.changes, name="changes"),
    path("services", views.services, name="services"),
    path("services/<str:key>", views.service, name="service"),
    path("organizations", views.organizations, name="organizations"),
    path("organizations/<str:key>", views.organization, name="organization"),
    path("service_at_locations", views.service_at_locations, name="service_at_locations"),
    path("service_at_locations/<str:key>", views.service_at_location, name="service_at_location"),
    path("taxonomies", views.taxonomies_, name="taxonomies"),
    path("taxonomies/<str:key>", views.taxonomy, name="taxonomy"),
    path("taxonomy_terms", views.taxonomy_terms, name="taxonomy_terms"),
    path("taxonomy_terms/<str:key>", views.taxonomy_term, name="taxonomy_term"),
    path("<path:rest>", views.nothing_here, name="nothing_here"),
]
