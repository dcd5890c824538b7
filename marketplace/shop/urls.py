"""The public pages."""

from django.urls import path

from marketplace.shop.views import accounts, cities, crafts, home, makers, search, texts, venues, works

app_name = "shop"
urlpatterns = [
    path("", home.show, name="home"),
    path("search/", search.show, name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
    path("crafts/", crafts.every, name="crafts"),
    path("crafts/<slug:slug>/", crafts.group, name="craft-group"),
    path("craft/<slug:slug>/", crafts.craft, name="craft"),
    path("cities/", cities.every, name="cities"),
    path("city/<slug:slug>/", cities.city, name="city"),
    path("venues/", venues.every, name="venues"),
    path("venue/<slug:slug>/", venues.venue, name="venue"),
    path("makers/", makers.every, name="makers"),
    path("maker/<slug:slug>/", makers.maker, name="maker"),
    path("work/<int:pk>/<str:slug>/", works.show, name="work"),
    path("about/", texts.about, name="about"),
    path("help/", texts.help_page, name="help"),
    path("sign-in/", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-up/", accounts.SignUp.as_view(), name="sign-up"),
    path("sign-out/", accounts.SignOut.as_view(), name="sign-out"),
]
