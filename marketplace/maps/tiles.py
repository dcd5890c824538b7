"""Pictures of streets under the map come from a tile server only where the market's keeper names one."""

from urllib.parse import urlsplit


def tile_host(address: str) -> str:
    """What the content policy must allow for a tile address such as https://{s}.tiles.example/{z}/{x}/{y}.png; "" for none.

    Raises ValueError for an address that is no template or not on https (a machine's own may be on http).
    """
    if not address:
        return ""
    parts = urlsplit(address.replace("{s}", "*"))
    own = parts.hostname in {"127.0.0.1", "localhost"}
    if not all(mark in address for mark in ("{z}", "{x}", "{y}")) or not (parts.scheme == "https" or own):
        raise ValueError("MAP_TILES is not an https address with {z}, {x} and {y} in it.")
    return f"{parts.scheme}://{parts.netloc}"
