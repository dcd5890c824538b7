from django.urls import path, register_converter
from django.urls.converters import StringConverter

from marketplace.payments.views import callback, stripe_message


class LanguageConverter(StringConverter):
    regex = "fa|en"


register_converter(LanguageConverter, "reading_language")

app_name = "payments"
urlpatterns = [
    path("stripe/message/", stripe_message, name="stripe-message"),
    path("<reading_language:language>/<slug:number>/", callback, name="callback"),
]
