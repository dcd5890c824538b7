from django.urls import path

from marketplace.checkout import after, care, views

app_name = "checkout"
urlpatterns = [
    path("", views.address, name="address"),
    path("pay/", views.pay, name="pay"),
    path("done/<slug:number>/", after.done, name="done"),
    path("retry/<slug:number>/", after.retry, name="retry"),
    path("again/<slug:number>/", after.again, name="again"),
    path("order/", after.find_order, name="order"),
    path("order/<slug:number>/", after.order, name="order"),
    path("order/<slug:number>/reorder/", after.reorder, name="reorder"),
    path("order/<slug:number>/invoice.pdf", care.invoice, name="invoice"),
    path("order/<slug:number>/<int:part>/cancel/", care.cancel, name="cancel"),
    path("order/<slug:number>/<int:part>/arrived/", care.arrived, name="arrived"),
    path("order/<slug:number>/<int:part>/return/", care.give_back, name="return"),
    path("order/<slug:number>/<int:part>/return/settle/", care.settle_return, name="return-settle"),
]
