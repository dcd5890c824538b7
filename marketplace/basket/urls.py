from django.urls import path

from marketplace.basket import gift_views as gifts
from marketplace.basket import kept_views as kept
from marketplace.basket import views
from marketplace.basket import voucher_views as vouchers

app_name = "basket"
urlpatterns = [
    path("", views.summary, name="summary"),
    path("add/", views.add, name="add"),
    path("change/", views.change, name="change"),
    path("swap/", views.swap, name="swap"),
    path("later/", views.later, name="later"),
    path("gift/", gifts.wrap, name="gift"),
    path("voucher/", vouchers.enter, name="voucher"),
    path("voucher/<int:pk>/remove/", vouchers.remove, name="voucher-remove"),
    path("kept/<int:pk>/keep/", kept.keep, name="keep"),
]
