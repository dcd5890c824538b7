"""A buyer's own room."""

from django.urls import path

from marketplace.account.views import addresses, data, home, settings

app_name = "account"
urlpatterns = [
    path("", home.show, name="home"),
    path("addresses/", addresses.every, name="addresses"),
    path("addresses/new/", addresses.edit, name="address-new"),
    path("addresses/<int:pk>/", addresses.edit, name="address"),
    path("addresses/<int:pk>/default/", addresses.default, name="address-default"),
    path("addresses/<int:pk>/remove/", addresses.remove, name="address-remove"),
    path("settings/", settings.show, name="settings"),
    path("settings/password/", settings.password, name="password"),
    path("settings/sessions/", settings.end_others, name="sessions"),
    path("data/", data.show, name="data"),
    path("data/my-data.json", data.download, name="data-file"),
    path("data/close/", data.close, name="close"),
]
