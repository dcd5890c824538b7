"""Rent of stalls, by Jalali months, in the books."""
