"""One table, as the command table shows it."""
