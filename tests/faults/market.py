"""The market's WSGI door on the day of the test whose database it was given."""

from django.db import connections

from marketplace.wsgi import application  # noqa: F401  what gunicorn serves
from tests.faults.abroad import plug_in
from tests.faults.actions import live_on_the_day

plug_in()
live_on_the_day()
connections.close_all()  # gunicorn forks its workers after this
