"""Addresses that crawlers know by heart, or find in these files."""

from django.urls import path

from marketplace.found import views

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemaps/<slug:kind>-<int:number>.xml", views.sitemap_part, name="sitemap-part"),
]
