from django.urls import path

from marketplace.ui import views

app_name = "ui"
urlpatterns = [path("choose/", views.choose, name="choose")]
