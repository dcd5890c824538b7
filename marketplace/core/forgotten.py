"""Another password for who forgot theirs, by a code sent to their mobile or mail address."""

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.core import codes, outbox
from marketplace.core.mail import send_mail
from marketplace.core.models import OneTimeCode, OutboxEvent, User
from marketplace.core.sms import send_sms

CHANGED = "password_changed"
PURPOSE = OneTimeCode.Purpose.PASSWORD


@transaction.atomic
def set_password(*, code: OneTimeCode, password: str) -> User:
    """Spend the code and give its owner another password: every session of theirs ends, every device of theirs is strange again, and
    they are told. Raises ValidationError, and changes nothing, for a password that is too weak or a code that was used."""
    user = User.objects.select_for_update().get(pk=code.user_id)
    validate_password(password, user)
    codes.use(code)
    user.set_password(password)
    user.save(update_fields=["password"])
    outbox.post(CHANGED, user.pk)
    return user


def tell_of_changes(events: list[OutboxEvent]) -> None:
    """The outbox's reader: a word by every way there is, for whoever did not do this."""
    for user in User.objects.filter(pk__in=[int(event.key) for event in events], is_active=True).order_by("pk"):
        with override(user.language):
            text = _("The password of your account at Rasteh was changed. If it was not you, write to us at once.")
            if user.email:
                send_mail(_("Your password was changed"), text, None, [user.email])
            if user.mobile:
                send_sms(user.mobile, text)
