"""Checks that need a real browser, and the harness that the journeys share."""
