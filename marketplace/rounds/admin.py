"""The checklist, as the market's staff edit it. A question that was answered keeps its words in the answers."""

from django.contrib import admin

from marketplace.rounds.models import Question


@admin.register(Question)
class QuestionAdmin(admin.ModelAdmin):
    list_display = ("text_fa", "about", "asked_from", "asked_until", "position")
    list_filter = ("about",)
    list_editable = ("position",)

    def has_delete_permission(self, request, obj=None) -> bool:
        """A question ends by its last day."""
        return False
