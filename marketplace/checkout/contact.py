"""Who receives a purchase, and where."""

from dataclasses import asdict, dataclass
from typing import Any

#: An Iranian postal code; another length is said, never refused, because a parcel can arrive without it.
POSTAL_CODE_DIGITS = 10


@dataclass(frozen=True)
class Contact:
    """Mobile in E.164; province names are copied, so that an order keeps them. `language` is the buyer's."""

    name: str
    province: str
    province_fa: str
    province_en: str
    city: str
    address: str
    postal_code: str
    mobile: str
    email: str = ""
    note: str = ""
    language: str = "fa"

    @property
    def postal_code_looks_right(self) -> bool:
        return len(self.postal_code) == POSTAL_CODE_DIGITS and self.postal_code.isascii() and self.postal_code.isdigit()

    def as_dict(self) -> dict[str, str]:
        return asdict(self)

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> "Contact":
        """Raises TypeError when what was kept has another shape."""
        return cls(**kept)
