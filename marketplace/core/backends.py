"""Sign in by mobile or mail."""

import phonenumbers
from django.contrib.auth.backends import ModelBackend

from marketplace.core.models import User
from marketplace.core.persian import to_latin_digits


def normal_mobile(text: str) -> str | None:
    """A mobile in E.164, read as an Iranian number where no country is given; None when it is not one."""
    try:
        number = phonenumbers.parse(to_latin_digits(text), "IR")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class MobileOrMailBackend(ModelBackend):
    """The name typed may be a mobile, a mail address or a username."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        if not username or password is None:
            return None
        user = self.user_named(username.strip())
        if user is None:
            User().set_password(password)  # the same time, so that nothing is learnt of who has an account
            return None
        if user.check_password(password) and self.user_can_authenticate(user):
            return user
        return None

    def user_named(self, name: str) -> User | None:
        """The account that a mobile, a mail address or a username names, if it names one."""
        mobile = normal_mobile(name)
        if mobile:
            return User.objects.filter(mobile=mobile).first()
        if "@" in name:
            found = list(User.objects.filter(email__iexact=name)[:2])
            return found[0] if len(found) == 1 else None
        return User.objects.filter(username=name).first()
