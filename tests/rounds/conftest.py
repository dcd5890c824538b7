from tests.rounds.ladder import closure, finding, grave, kilim_at_stall, warning  # noqa: F401
from tests.stalls.floor import lease, next_stall, stall  # noqa: F401
