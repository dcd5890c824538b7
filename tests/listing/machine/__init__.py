"""The foreign-goods rule driven at random: the market's verbs and raw SQL on one side, the papers on the other."""
