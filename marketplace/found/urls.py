"""Addresses that crawlers know by heart, or find in these files."""

from django.urls import path

from marketplace.found import views

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemaps/<slug:kind>-<int:number>.xml", views.sitemap_part, name="sitemap-part"),
    path("feeds/google-<slug:language>.xml", views.feed, name="feed"),
    path("feeds/google-<slug:language>.xml.gz", views.feed, {"packed": "gzip"}, name="feed-packed"),
]
