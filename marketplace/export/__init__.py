"""Shipments abroad: consignments, where their pieces are collected, how they are packed, and their papers."""
