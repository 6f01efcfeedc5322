"""PowerPoint → Document."""
