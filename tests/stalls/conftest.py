from tests.stalls.floor import lease, next_stall, stall  # noqa: F401
