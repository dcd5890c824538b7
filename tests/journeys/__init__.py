"""Whole stories in Chromium over the market's real processes."""
