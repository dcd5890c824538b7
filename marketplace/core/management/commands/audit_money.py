from marketplace.core.auditing import AuditCommand
from marketplace.core.registry import MONEY


class Command(AuditCommand):
    help = "Walks the books and what they speak of, prints every rial that does not add up; exits 1 if there is one."
    subject = MONEY
    clean = "Every rial adds up."
