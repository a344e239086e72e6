"""Reminders before what a conference has in store: who is reminded of what, when, and what they are told."""
