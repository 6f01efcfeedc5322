"""The page on this machine, for an author who uses no terminal."""
