"""Addresses of sessions and bookings."""

from django.urls import path

from cms.visits import views

app_name = "bookings"
urlpatterns = [
    path("session/<int:pk>/", views.session, name="session"),
    path("booking/", views.find, name="find"),
    path("booking/<slug:number>/", views.booking, name="booking"),
    path("booking/<slug:number>/pay/", views.pay, name="pay"),
    path("booking/<slug:number>/receipt.pdf", views.receipt, name="receipt"),
    path("booking/<slug:number>/keep/", views.keep, name="keep"),
    path("booking/<slug:number>/cancel/", views.cancel, name="cancel"),
]
