from tests.secretariats.people import editor, eligibility, ravar, secretariat, secretary  # noqa: F401
