"""The weights of evidence fitted on labelled documents, and how far they can be trusted."""
