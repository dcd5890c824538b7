"""The public pages."""

from django.urls import path

from marketplace.shop.views import (
    accounts,
    cities,
    crafts,
    home,
    logs,
    makers,
    reports,
    search,
    seen,
    texts,
    venues,
    verify,
    works,
)

app_name = "shop"
urlpatterns = [
    path("", home.show, name="home"),
    path("search/", search.show, name="search"),
    path("search/order/", search.why, name="search-order"),
    path("search/suggest/", search.suggest, name="suggest"),
    path("seen/", seen.show, name="seen"),
    path("seen/forget/", seen.forget, name="seen-forget"),
    path("crafts/", crafts.every, name="crafts"),
    path("crafts/<slug:slug>/", crafts.group, name="craft-group"),
    path("craft/<slug:slug>/", crafts.craft, name="craft"),
    path("cities/", cities.every, name="cities"),
    path("city/<slug:slug>/", cities.city, name="city"),
    path("city/<slug:slug>/reports/<slug:kind>/<int:year>/<int:number>/", reports.show, name="city-report"),
    path("venues/", venues.every, name="venues"),
    path("venue/<slug:slug>/", venues.venue, name="venue"),
    path("makers/", makers.every, name="makers"),
    path("maker/<slug:slug>/", makers.maker, name="maker"),
    path("work/<int:pk>/<str:slug>/", works.show, name="work"),
    path("v/", verify.ask, name="verify-ask"),
    path("v/title/<str:secret>", verify.title, name="title"),
    path("v/<str:code>", verify.show, name="verify"),
    path("v/<str:code>/activate", verify.activation, name="activate"),
    path("v/<str:code>/doubt", verify.doubt, name="doubt"),
    path("v/<str:code>/pass-on", verify.pass_on, name="pass-on"),
    path("01/<str:gtin>/21/<str:serial>", verify.digital_link, name="digital-link"),
    path("log/", logs.every, name="logs"),
    path("log/<slug:chain>/", logs.show, name="log"),
    path("about/", texts.about, name="about"),
    path("help/", texts.help_page, name="help"),
    path("sign-in/", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-up/", accounts.SignUp.as_view(), name="sign-up"),
    path("sign-out/", accounts.SignOut.as_view(), name="sign-out"),
]
