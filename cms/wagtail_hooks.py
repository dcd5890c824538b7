"""What the editor's room learns of the market."""

from wagtail import hooks

from cms import choosers


@hooks.register("register_admin_viewset")
def register_choosers() -> list:
    """Choosers of cities, crafts, makers, seals, venues and works."""
    return list(choosers.EVERY)
