"""A kiosk's screens: Persian at /kiosk/<city>/, English at /kiosk/<city>/en/, so that one service worker answers for both."""

from django.urls import path

from cms.kiosk import views

app_name = "kiosk"
FA, EN = {"language": "fa"}, {"language": "en"}
urlpatterns = [
    path("worker.js", views.worker, name="worker"),
    path("<slug:slug>/offline.json", views.offline, name="offline"),
    path("<slug:slug>/", views.start, FA, name="start"),
    path("<slug:slug>/en/", views.start, EN, name="start"),
    path("<slug:slug>/map/", views.city_map, FA, name="map"),
    path("<slug:slug>/en/map/", views.city_map, EN, name="map"),
    path("<slug:slug>/page/<int:pk>/", views.page, FA, name="page"),
    path("<slug:slug>/en/page/<int:pk>/", views.page, EN, name="page"),
]
