"""Who may do what to a city's pages and files: the people of its secretariat, for as long as their terms run.

A post is asked for on the day of each request to the editor (`settle`, from `cms.middleware.RightsOfTheDay`), so a term that is over
gives nothing, although no job ran. Wagtail's own machinery does the rest: a secretariat has two groups with permissions on its city's
pages, and on one collection of pictures and documents.
"""

from datetime import date

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Workflow, WorkflowPage
from wagtail.models import WorkflowTask as Step

from cms.models import CityIndex, CityPage, SecretaryApproval
from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.places.models import City
from marketplace.secretariats.models import Appointment, Secretariat

Role = Appointment.Role
EDITOR_MAY = ("add_page", "change_page")
SECRETARY_MAY = (*EDITOR_MAY, "publish_page", "lock_page", "unlock_page")
FILES = (
    ("wagtailimages", ("add_image", "change_image", "choose_image")),  # asked for whatever the image model
    ("wagtaildocs", ("add_document", "change_document", "choose_document")),
)
#: Which posts draft pages, and which publish them too.
DRAFTING = (Role.EDITOR, Role.HEAD)
APPROVING = (Role.SECRETARY,)
#: Which city a page is about is for the market's own editors to say.
MAY_MOVE_CITIES = "cms.choose_city"
WORKFLOW = "Secretary of the city"


@transaction.atomic
def ensure_rights(secretariat: Secretariat) -> Secretariat:
    """The secretariat's two groups and its collection, with permissions on every page of its city; safe to repeat."""
    slug = secretariat.city.slug
    if secretariat.editors is None:
        secretariat.editors = Group.objects.get_or_create(name=f"{slug}: editors")[0]
        secretariat.approvers = Group.objects.get_or_create(name=f"{slug}: secretary")[0]
        secretariat.collection = Collection.get_first_root_node().add_child(name=secretariat.city.name_en)
        secretariat.save(update_fields=["editors", "approvers", "collection"])
    pages = [page.page_ptr for page in CityPage.objects.filter(city=secretariat.city)]
    for group, verbs in ((secretariat.editors, EDITOR_MAY), (secretariat.approvers, SECRETARY_MAY)):
        if group is not None:
            others = CityPage.objects.exclude(city=secretariat.city)
            GroupPagePermission.objects.filter(group=group, page__in=others.values("pk")).delete()
            _allow(group, verbs, pages, secretariat.collection)
    return secretariat


def _allow(group: Group, verbs: tuple[str, ...], pages: list[Page], collection: Collection | None) -> None:
    admin = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")[0]
    entrance = {"content_type": admin, "codename": "access_admin"}
    group.permissions.add(
        Permission.objects.get_or_create(**entrance, defaults={"name": "Can access Wagtail admin"})[0]
    )
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=verbs):
        for page in pages:
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    for app, names in FILES:
        for permission in Permission.objects.filter(content_type__app_label=app, codename__in=names):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)


def settle(user: User, *, on: date | None = None) -> None:
    """Let a person be in the groups that their posts of the day give, and in no other group of a secretariat.

    Two queries when nothing changed.
    """
    held = Appointment.objects.in_force_on(on or today()).filter(user=user, role__in=(*DRAFTING, *APPROVING))
    posts = [(one.secretariat, one.role) for one in held.select_related("secretariat__city", "secretariat__collection")]
    wanted = {_group_id(secretariat, role) for secretariat, role in posts}
    there = set(_groups_of_secretariats(user).values_list("pk", flat=True))
    if None not in wanted and wanted == there:
        return
    for secretariat, _role in posts:
        ensure_rights(secretariat)
    wanted = {_group_id(secretariat, role) for secretariat, role in posts}
    user.groups.remove(*(there - wanted))
    user.groups.add(*(wanted - there))


def _group_id(secretariat: Secretariat, role: str) -> int | None:
    return secretariat.approvers_id if role in APPROVING else secretariat.editors_id


def _groups_of_secretariats(user: User):
    return user.groups.filter(Q(edits_for__isnull=False) | Q(approves_for__isnull=False))


def posts_changed(*, user: User, secretariat: Secretariat) -> None:
    """Told by `marketplace.secretariats`: an appointment or an end counts at once."""
    settle(User.objects.get(pk=user.pk))


def page_kept(sender: type[CityPage], instance: CityPage, **_kwargs) -> None:
    """A city's page is its secretariat's from the start, and no longer another's when it becomes another city's. Two queries."""
    held = GroupPagePermission.objects.filter(page=instance.pk)
    of_another = Q(editors__in=held.values("group")) | Q(approvers__in=held.values("group"))
    secretariats = Secretariat.objects.select_related("city", "editors", "approvers", "collection")
    for other in secretariats.filter(of_another).exclude(city=instance.city_id).distinct():
        ensure_rights(other)
    own = secretariats.filter(city=instance.city_id, editors__isnull=False)
    for secretariat in own.exclude(editors__in=held.values("group")):
        ensure_rights(secretariat)


def stays_put(page: Page, user: User) -> bool:
    """Whether a page is a city's own, which no secretariat moves or deletes."""
    return page.specific_class is CityPage and not user.has_perm(MAY_MOVE_CITIES)


def city_of(page: Page) -> City | None:
    """The city below whose page a page stands. One query."""
    found = CityPage.objects.ancestor_of(page, inclusive=True).select_related("city").first()
    return found.city if found else None


def ensure_workflow() -> None:
    """Drafts below the cities go to the secretary of their city; safe to repeat."""
    indexes = list(CityIndex.objects.filter(workflowpage__isnull=True))
    if not indexes:
        return
    task = SecretaryApproval.objects.first() or SecretaryApproval.objects.create(name=WORKFLOW)
    workflow = Workflow.objects.filter(workflow_tasks__task=task).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=WORKFLOW)
        Step.objects.create(workflow=workflow, task=task, sort_order=0)
    for index in indexes:
        WorkflowPage.objects.get_or_create(page=index.page_ptr, defaults={"workflow": workflow})
