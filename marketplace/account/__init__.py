"""A buyer's own room: orders, addresses, settings, personal data."""
