"""Objections, answers, corrections."""
