"""How pieces go into cartons: a pure engine over millimetres and grams, without a table of its own."""
