"""The directory's public addresses."""

from django.urls import path

from madobe.directory.views import places, search, seeker

app_name = "directory"
urlpatterns = [
    path("<display:display>/search/", search.search, name="search"),
    path("<display:display>/areas/", seeker.area_search, name="area_search"),
    path("<display:display>/areas/<str:code>/", seeker.area, name="area"),
    path("<display:display>/places/<uuid:place_id>/", places.place, name="place"),
    path("<display:display>/places/<uuid:place_id>/qr.svg", places.place_qr, name="place_qr"),
    path("<display:display>/compare/", places.compare, name="compare"),
    path("<display:display>/my-list/", places.my_list, name="my_list"),
    path("<display:display>/my-list/<slug:letters>/", places.my_list, name="shared_list"),
    path("<display:display>/map/", places.show_map, name="map"),
    path("<display:display>/text-desks/", seeker.text_desks, name="text_desks"),
    path("<display:display>/open-now/", seeker.open_now, name="open_now"),
]
