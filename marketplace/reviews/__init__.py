"""Reviews by people who received a piece, one an order line.

Oscar's own reviews app does not serve: it holds one review a person and work, lets anybody write, asks for a name and a mail,
counts votes, and reckons a work's rating anew from all its rows at each save. It stays installed for its tables only.
"""
