"""Whom we trust when we call others over HTTPS: read once a process, because reading it costs 20 ms of a core, more than a call itself."""

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """For `httpx.Client(verify=…)`. It keeps no connection, so processes forked later may share it."""
    return httpx.create_ssl_context()
