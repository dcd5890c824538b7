"""The desks: a maker's, and a venue manager's."""

from django.urls import path

from marketplace.desks.views import (
    makers,
    matters,
    notices,
    offers,
    officer,
    officer_makers,
    officer_origins,
    officer_venues,
    orders,
    papers,
    refusals,
    venues,
    works,
)
from marketplace.desks.views import officer_bulk as bulk

app_name = "desks"
urlpatterns = [
    path("", makers.home, name="home"),
    path("become/", makers.become, name="become"),
    path("works/new/", works.new, name="work-new"),
    path("works/<int:pk>/", works.show, name="work"),
    path("works/<int:pk>/offer/", offers.offer, name="work-offer"),
    path("works/<int:pk>/edit/", works.edit, name="work-edit"),
    path("works/<int:pk>/origin/", papers.origin, name="origin-ask"),
    path("licences/new/", papers.licence, name="licence-send"),
    path("refusals/", refusals.mend, name="refusals"),
    path("offers/<int:pk>/", offers.edit, name="offer-edit"),
    path("offers/<int:pk>/move/", offers.move, name="offer-move"),
    path("offers/<int:pk>/withdraw/", offers.withdraw, name="offer-withdraw"),
    path("orders/", orders.every, name="orders"),
    path("venues/", venues.show, name="venue"),
    path("venues/<slug:slug>/licence/", venues.licence, name="venue-licence"),
    path("notices/", notices.every, name="notices"),
    path("notices/read/", notices.read_all, name="notices-read"),
    path("notices/<int:pk>/read/", notices.read, name="notice-read"),
    path("matters/", matters.every, name="matters"),
    path("matters/<int:pk>/answer/", matters.answer, name="matter-answer"),
    path("matters/<int:pk>/appeal/", matters.appeal, name="matter-appeal"),
    path("matters/<int:pk>/", matters.show, name="matter"),
    path("officer/", officer.inbox, name="officer"),
    path("officer/<int:pk>/", officer.show, name="officer-matter"),
    path("officer/<int:pk>/decide/", officer.settle, name="officer-decide"),
    path("officer/<int:pk>/assign/", officer.give, name="officer-assign"),
    path("officer/<int:pk>/note/", officer.remark, name="officer-note"),
    path("officer/<int:pk>/ask/", officer.ask, name="officer-ask"),
    path("officer/together/", bulk.step, name="officer-bulk"),
    path("officer/together/done/", bulk.done, name="officer-bulk-done"),
    path("officer/papers/<str:word>/", officer.paper, name="officer-paper"),
    path("officer/venues/", officer_venues.every, name="officer-venues"),
    path("officer/venues/<slug:slug>/", officer_venues.show, name="officer-venue"),
    path("officer/origins/<int:pk>/", officer_origins.show, name="officer-origin"),
    path("officer/makers/<slug:slug>/", officer_makers.show, name="officer-maker"),
]
