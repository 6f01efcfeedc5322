"""Verdicts and their evidence → how sure a finding is: log-odds that add up, their weights in data."""
