"""What may leave the country, by what is known and where it is known from: pure checks, dated figures, HS codes. No law is quoted."""
