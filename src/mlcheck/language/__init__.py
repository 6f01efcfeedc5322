"""How numbers, words and places are written: numerals, folding, the lexicon, roles of labels, communes."""
