"""Maps of cities."""

from django.urls import path

from marketplace.maps import views

app_name = "maps"
urlpatterns = [
    path("city/<slug:slug>/map/", views.city, name="city"),
]
