"""The desks' forms. Every mistake is told in one pass, and nothing typed or sent is lost."""
