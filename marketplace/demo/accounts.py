"""The demo's people: one account for each kind of reader, with passwords that are printed. They exist in no production."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission

from marketplace.core.models import User


@dataclass(frozen=True)
class Account:
    """A demo account, and what it is for."""

    username: str
    mobile: str
    first_name: str
    last_name: str
    is_staff: bool = False
    group: str = ""
    language: str = "fa"

    @property
    def email(self) -> str:
        return f"{self.username}@example.org"

    @property
    def password(self) -> str:
        return f"rasteh-{self.username}-demo"


ARTISAN = Account("artisan", "+989000000001", "صنعتگر", "نمونه")
BUYER = Account("buyer", "+989000000002", "خریدار", "نمونه")
EXPORTER = Account("exporter", "+989000000003", "صادرکننده", "نمونه")
MANAGER = Account("manager", "+989000000004", "مدیر بازارچه", "نمونه")
OFFICER = Account("officer", "+989000000005", "کارشناس", "نمونه", is_staff=True, group="Heritage officers")
#: Another pair of eyes: an appeal is not decided by who decided first.
SECOND_OFFICER = Account(
    "second-officer", "+989000000007", "کارشناس دوم", "نمونه", is_staff=True, group="Heritage officers"
)
EDITOR = Account("editor", "+989000000006", "ویراستار", "نمونه", is_staff=True, group="Editors")
#: Of the secretariat of Ravar: one drafts its pages, the other approves them and writes its reports.
RAVAR_EDITOR = Account("ravar-editor", "+989000000021", "ویراستار راور", "نمونه")
RAVAR_SECRETARY = Account("ravar-secretary", "+989000000022", "دبیر راور", "نمونه")
#: Has begun to join as a maker.
NEWCOMER = Account("newcomer", "+989000000009", "تازه‌وارد", "نمونه")
#: Pays makers what no payment sent them, and settles refunds by hand.
CASHIER = Account("cashier", "+989000000008", "صندوق‌دار", "نمونه", is_staff=True, group="Cashiers")
#: A jury has three or more.
JURORS = tuple(
    Account(f"juror-{number}", f"+98900000001{number}", f"داور {nth}", "نمونه", group="Jurors")
    for number, nth in ((1, "نخست"), (2, "دوم"), (3, "سوم"))
)
#: What a heritage officer looks up, and may add to, in the admin.
OFFICER_MAY = (
    *("view_product", "view_productline", "view_material", "add_material", "change_material"),
    "decide_matter",
    *("view_brandname", "add_brandname", "change_brandname"),
    *("view_labourfloor", "add_labourfloor", "change_labourfloor"),
)
ACCOUNTS = (
    ARTISAN,
    BUYER,
    EXPORTER,
    MANAGER,
    OFFICER,
    SECOND_OFFICER,
    EDITOR,
    RAVAR_EDITOR,
    RAVAR_SECRETARY,
    NEWCOMER,
    CASHIER,
    *JURORS,
)


def make_accounts() -> int:
    """Add the accounts that are missing. Returns how many."""
    there = set(
        User.objects.filter(username__in=[account.username for account in ACCOUNTS]).values_list("username", flat=True)
    )
    missing = [account for account in ACCOUNTS if account.username not in there]
    for account in missing:
        user = User.objects.create_user(
            account.username,
            account.email,
            account.password,
            mobile=account.mobile,
            first_name=account.first_name,
            last_name=account.last_name,
            is_staff=account.is_staff,
            language=account.language,
            is_demo=True,
        )
        if account.group:
            user.groups.add(_group(account.group))
    return len(missing)


def _group(name: str) -> Group:
    """Wagtail made the editors' group with its own permissions; the officers', the cashiers' and the jurors' are made here."""
    group, new = Group.objects.get_or_create(name=name)
    if new and name == OFFICER.group:
        group.permissions.set(
            Permission.objects.filter(
                content_type__app_label__in=("catalogue", "matters", "suspicion"), codename__in=OFFICER_MAY
            )
        )
    if new and name == CASHIER.group:
        group.permissions.set(Permission.objects.filter(content_type__app_label="ledger", codename="pay_sellers"))
    if new and name == JURORS[0].group:
        group.permissions.set(Permission.objects.filter(content_type__app_label="juries", codename="sit"))
    return group


def user_of(account: Account) -> User:
    """The stored user of a demo account."""
    return User.objects.get(username=account.username)


def table() -> list[tuple[str, str, str]]:
    """What is printed: who, mail address, password."""
    return [(account.username, account.email, account.password) for account in ACCOUNTS]
