"""The floor of a bazaar: its stalls, who holds them, and for which trade."""
