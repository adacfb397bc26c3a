"""What each way of matching is worth, the same for every engine: see "Order" in docs/search.md."""

TITLE, HEADING = 1.0, 1.0  # what a word in the title or the heading adds to its weight in the text
HALF_TYPED, MISTYPED = 0.5, 0.1  # small, so that the word itself always wins
NEIGHBOURS = 0.4  # two asked words standing together, on top of what each is worth
MOST_PAIRS = 32  # of such words that are looked for
CITED, PART_OF_CITED, MENTIONS_CITED = 1000.0, 500.0, 2.0
SPOKEN = 0.85  # what is said in a film weighs so much beside what is written
SUPERSEDED = 0.5  # what is not current is worth half of its score
