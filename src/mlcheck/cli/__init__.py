"""The commands: options and exit codes."""
