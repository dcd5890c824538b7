from marketplace.core.auditing import AuditCommand
from marketplace.core.registry import MARKET


class Command(AuditCommand):
    help = "Walks the market's data and prints every breach of a rule in plain words; exits 1 if there is one."
    subject = MARKET
    clean = "Nothing breaks a rule."
