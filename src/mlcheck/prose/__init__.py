"""Paragraphs → sentences → claims: what printed numbers assert."""
