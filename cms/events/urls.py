"""Lists and calendars of events. Their pages stand in the tree."""

from django.urls import path

from cms.events import views

app_name = "events"
urlpatterns = [
    path("city/<slug:slug>/events/", views.of_city, name="of-city"),
    path("city/<slug:slug>/events.ics", views.city_calendar, name="city"),
    path("city/<slug:slug>/<str:page>/event.ics", views.one_calendar, name="one"),
    path("craft/<slug:slug>/events.ics", views.craft_calendar, name="craft"),
]
