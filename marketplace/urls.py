"""Every address of the market. Persian stands at the root, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from two_factor.urls import urlpatterns as two_factor_urls
from two_factor.views import LoginView as StaffLogin
from wagtail.admin import urls as wagtail_admin_urls
from wagtail.admin.views.account import LoginView as EditorsLogin
from wagtail.documents import urls as wagtail_document_urls

from authenticity.credentials.contexts import OWN_PATH
from marketplace.core import views as core_views
from marketplace.shop.views import credentials
from marketplace.shop.views.accounts import password_door

urlpatterns = [
    path("", include("marketplace.found.urls")),
    path("healthz", core_views.healthz, name="healthz"),
    path("readyz", core_views.readyz, name="readyz"),
    path("private/<path:signed>", core_views.private_file, name="private-file"),
    re_path(r"^media/(?P<path>.+)$", core_views.media, name="media"),
    path("admin/", admin.site.urls),
    path("cms/login/", password_door()(EditorsLogin.as_view())),
    path("account/login/", password_door("auth-username")(StaffLogin.as_view())),
    path("cms/", include(wagtail_admin_urls)),
    path("documents/", include(wagtail_document_urls)),
    path("", include(two_factor_urls)),
    path("pay/", include("marketplace.payments.urls")),
    path("ui/", include("marketplace.ui.urls")),
    path("kiosk/", include("cms.kiosk.urls")),
    path("api/v1/", include("marketplace.api.urls")),
    path(".well-known/did.json", credentials.did, name="did"),
    path(OWN_PATH.removeprefix("/"), credentials.context, name="credential-context"),
    path("v/<str:code>/credential.json", credentials.credential, name="credential"),
    path("status/<slug:name>.json", credentials.status_list, name="status-list"),
]
urlpatterns += i18n_patterns(
    path("", include("marketplace.maps.urls")),
    path("", include("marketplace.shop.urls")),
    path("basket/", include("marketplace.basket.urls")),
    path("checkout/", include("marketplace.checkout.urls")),
    path("account/searches/", include("marketplace.saved.urls")),
    path("account/", include("marketplace.account.urls")),
    path("list/", include("marketplace.account.shared_urls")),
    path("desk/", include("marketplace.desks.urls")),
    path("visit/", include("cms.visits.urls")),
    path("", include("cms.urls")),
    prefix_default_language=False,
)

handler400 = "marketplace.shop.errors.bad_request"
handler403 = "marketplace.shop.errors.forbidden"
handler404 = "marketplace.shop.errors.not_found"
handler500 = "marketplace.shop.errors.server_error"
