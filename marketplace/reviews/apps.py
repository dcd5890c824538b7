from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "marketplace.reviews"
    label = "buyer_reviews"  # Oscar's app has the label "reviews"
    verbose_name = _("Reviews of buyers")
