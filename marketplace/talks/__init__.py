"""What a buyer and a maker write to each other about one order."""
