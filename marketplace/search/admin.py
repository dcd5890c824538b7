"""Synonyms and empty words of search: a change counts with the next search, without a rebuild."""

from django.contrib import admin

from marketplace.search.models import SearchTerm


@admin.register(SearchTerm)
class SearchTermAdmin(admin.ModelAdmin):
    list_display = ("term", "means", "is_ignored")
    list_filter = ("is_ignored",)
    search_fields = ("term", "means")
