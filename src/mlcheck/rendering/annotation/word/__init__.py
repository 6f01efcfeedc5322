"""Marks in Word documents: comments, shaded cells, a list in front."""
