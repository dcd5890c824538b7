"""A buyer's own room."""

from django.urls import path

from marketplace.account.views import addresses, data, home, lists, notices, reviews, settings, talks, visits

app_name = "account"
urlpatterns = [
    path("", home.show, name="home"),
    path("addresses/", addresses.every, name="addresses"),
    path("addresses/new/", addresses.edit, name="address-new"),
    path("addresses/<int:pk>/", addresses.edit, name="address"),
    path("addresses/<int:pk>/default/", addresses.default, name="address-default"),
    path("addresses/<int:pk>/remove/", addresses.remove, name="address-remove"),
    path("lists/", lists.show, name="lists"),
    path("lists/new/", lists.new, name="list-new"),
    path("lists/<int:pk>/", lists.show, name="list"),
    path("lists/<int:pk>/change/", lists.change, name="list-change"),
    path("lists/<int:pk>/share/", lists.share_it, name="list-share"),
    path("lists/<int:pk>/remove/", lists.remove, name="list-remove"),
    path("lists/works/<int:pk>/", lists.wish, name="wish"),
    path("lists/works/<int:pk>/remove/", lists.take_off, name="wish-remove"),
    path("lists/works/<int:pk>/to-basket/", lists.to_basket, name="wish-to-basket"),
    path("settings/", settings.show, name="settings"),
    path("settings/password/", settings.password, name="password"),
    path("settings/sessions/", settings.end_others, name="sessions"),
    path("settings/notices/", notices.show, name="notices"),
    path("unsubscribe/<str:word>/", notices.unsubscribe, name="unsubscribe"),
    path("visits/", visits.every, name="visits"),
    path("messages/", talks.every, name="talks"),
    path("orders/<slug:number>/<int:part>/messages/", talks.show, name="talk"),
    path("reviews/", reviews.every, name="reviews"),
    path("reviews/new/<int:line>/", reviews.write, name="review-new"),
    path("reviews/<int:pk>/", reviews.change, name="review"),
    path("data/", data.show, name="data"),
    path("data/my-data.json", data.download, name="data-file"),
    path("data/close/", data.close, name="close"),
]
