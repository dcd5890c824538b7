"""The screen at a city's gate: its routes, its map and its pages, by touch, in two languages, and without a network."""
