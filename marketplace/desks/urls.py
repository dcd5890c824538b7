"""The desks: a maker's, and a venue manager's."""

from django.urls import path

from marketplace.desks.views import makers, matters, offers, officer, orders, venues, works

app_name = "desks"
urlpatterns = [
    path("", makers.home, name="home"),
    path("become/", makers.become, name="become"),
    path("works/new/", works.new, name="work-new"),
    path("works/<int:pk>/", works.show, name="work"),
    path("works/<int:pk>/offer/", offers.offer, name="work-offer"),
    path("offers/<int:pk>/withdraw/", offers.withdraw, name="offer-withdraw"),
    path("orders/", orders.every, name="orders"),
    path("venues/", venues.show, name="venue"),
    path("matters/<int:pk>/", matters.show, name="matter"),
    path("officer/", officer.inbox, name="officer"),
    path("officer/<int:pk>/", officer.show, name="officer-matter"),
]
