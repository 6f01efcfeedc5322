"""Constraints → verdicts, suspects and coverage: knows arithmetic only."""
