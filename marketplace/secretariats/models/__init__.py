"""Secretariats of craft cities, who holds which post in them, and what they report."""

from marketplace.secretariats.models.posts import Appointment, Committee, EligibilityRule, Office, Secretariat
from marketplace.secretariats.models.reports import Figure, Reminder, Report, ReportVersion

__all__ = [
    "Appointment",
    "Committee",
    "EligibilityRule",
    "Figure",
    "Office",
    "Reminder",
    "Report",
    "ReportVersion",
    "Secretariat",
]
