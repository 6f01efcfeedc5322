"""HTML and Markdown → Document."""
