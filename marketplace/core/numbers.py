"""Numbers that cannot be guessed, for orders and payments that a stranger must not find by counting."""

import secrets

#: Crockford's base 32: no letter that is read as a digit.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP_LENGTH = 3, 4


def random_number(prefix: str) -> str:
    """Such as RST-7K2M-9QX4-1HZB: 60 random bits."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join((prefix, *groups))


def typed_number(text: str) -> str:
    """A number as a person types it, in the form it is stored: capitals, Latin digits are the caller's part, O as 0, I and L as 1."""
    prefix, _, rest = text.strip().upper().replace(" ", "").partition("-")
    return f"{prefix}-{rest.translate(str.maketrans('OIL', '011'))}" if rest else prefix
