"""A shared list, at a short address of its own: it is sent to people who have no account."""

from django.urls import path

from marketplace.account.views import shared

app_name = "shared-list"
urlpatterns = [
    path("<str:code>/", shared.show, name="show"),
    path("<str:code>/<int:pk>/to-basket/", shared.give, name="give"),
]
