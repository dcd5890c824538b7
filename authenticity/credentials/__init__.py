"""Verifiable Credentials 2.0 of pieces: made, signed with `eddsa-jcs-2022`, revoked and suspended by lists, and checked offline.

Pure functions over plain JSON values: no database, no request, no network. What is stored and served stands in `authenticity.keys`
and `authenticity.issuing`.
"""
