"""The tree's trunk: languages, root, one home page a language, the site, and what city editors may do.

Wagtail makes its own in migrations, which tests skip; so all of it is made here, after every migrate, where it is missing.
"""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page, Site

from cms.models import CityIndex, CityPage, HomePage

EDITORS = "Editors"
SITE_NAME = "راسته · Rasteh"
TITLES = {"fa": "راسته", "en": "Rasteh"}
CITIES = {"fa": "شهرهای صنایع دستی", "en": "Craft cities"}
PAGE_VERBS = ("add_page", "change_page", "publish_page")
IMAGE_VERBS = ("add_image", "change_image", "choose_image")  # Wagtail asks for these whatever the image model


@transaction.atomic
def ensure_tree() -> None:
    """Make what is missing; safe to repeat, and cheap when nothing is."""
    locales = [Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES]
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locales[0])
    first = _home(root, locales[0])
    for locale in locales[1:]:
        _home(root, locale, first)
    for home in HomePage.objects.select_related("locale").order_by("path"):
        _ensure_cities(home)
    _ensure_site(first)
    collection = Collection.get_first_root_node() or Collection.add_root(name="Root")
    _ensure_editors(collection)


def _home(root: Page, locale: Locale, original: HomePage | None = None) -> HomePage:
    """The home page of a language; a translation of the original's."""
    found = HomePage.objects.filter(locale=locale).first()
    if found:
        return found
    code = locale.language_code
    page = HomePage(title=TITLES.get(code, code), slug=f"rasteh-{code}", locale=locale)
    if original is not None:
        page.translation_key = original.translation_key
    root.refresh_from_db()
    return root.add_child(instance=page)


def _ensure_cities(home: HomePage) -> None:
    """The parent of the cities of a language; city pages that stood below the home page itself move there."""
    index = CityIndex.objects.filter(locale=home.locale).first()
    if index is None:
        other = CityIndex.objects.first()
        index = CityIndex(
            title=CITIES.get(home.locale.language_code, "Cities"), slug=CityIndex.SLUG, locale=home.locale
        )
        if other is not None:
            index.translation_key = other.translation_key
        home.refresh_from_db()
        home.add_child(instance=index)
    for page in CityPage.objects.child_of(home):
        page.move(CityIndex.objects.get(pk=index.pk), pos="last-child")


def _ensure_site(home: HomePage) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", site_name=SITE_NAME, root_page=home, is_default_site=True)
    elif site.root_page.specific_class is not HomePage:
        welcome, site.root_page, site.site_name = site.root_page, home, SITE_NAME
        site.save()
        welcome.delete()  # Wagtail's own "Welcome" page, from its migrations


def _ensure_editors(collection: Collection) -> None:
    """City editors open the editor, write and publish below the home pages, and add pictures."""
    editors, _new = Group.objects.get_or_create(name=EDITORS)
    admin = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")[0]
    entrance = {"content_type": admin, "codename": "access_admin"}
    editors.permissions.add(
        Permission.objects.get_or_create(**entrance, defaults={"name": "Can access Wagtail admin"})[0]
    )
    editors.permissions.add(*Permission.objects.filter(content_type__app_label="cms", codename="choose_city"))
    pages = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_VERBS)
    for home in HomePage.objects.all():
        for permission in pages:
            GroupPagePermission.objects.get_or_create(group=editors, page=home.page_ptr, permission=permission)
    for permission in Permission.objects.filter(content_type__app_label="wagtailimages", codename__in=IMAGE_VERBS):
        GroupCollectionPermission.objects.get_or_create(group=editors, collection=collection, permission=permission)
