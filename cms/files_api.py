"""Lists of files in the editor's API (`/cms/api/main/`): Wagtail gives everybody every city's files, we give those one may choose."""

from django.db.models import QuerySet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry

#: Wagtail's names of what makes a file somebody's to see.
SEEN_BY = ["choose", "change"]


class OwnPictures(ImagesAdminAPIViewSet):
    """Pictures of collections that the person may choose from."""

    def get_queryset(self) -> QuerySet:
        own = policy_registry.get_by_type(self.model).instances_user_has_any_permission_for(self.request.user, SEEN_BY)
        return super().get_queryset().filter(pk__in=own.values("pk"))


class OwnDocuments(DocumentsAdminAPIViewSet):
    """Documents of collections that the person may choose from."""

    def get_queryset(self) -> QuerySet:
        own = policy_registry.get_by_type(self.model).instances_user_has_any_permission_for(self.request.user, SEEN_BY)
        return super().get_queryset().filter(pk__in=own.values("pk"))
