"""The nouns of mlcheck: what a document, a figure, a claim and a finding are."""
