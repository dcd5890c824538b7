"""Saved searches, in a buyer's own room."""

from django.urls import path

from marketplace.saved import views

app_name = "saved"
urlpatterns = [
    path("", views.every, name="searches"),
    path("new/", views.save, name="search-new"),
    path("<int:pk>/", views.change, name="search"),
    path("<int:pk>/remove/", views.remove, name="search-remove"),
]
