"""Whole reports of simulated agencies, whose figures all agree, and what one slip in them would contradict."""
