"""OpenDocument spreadsheets, texts and slides → Document."""
