"""Announcements: what the Secretariat tells many people at once, and what became of it."""
