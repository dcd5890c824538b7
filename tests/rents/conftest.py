from tests.stalls.floor import lease, stall  # noqa: F401
