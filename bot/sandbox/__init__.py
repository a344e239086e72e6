"""A local stand-in for Telegram: a Bot API server, the people's side of it, and a chat page.

It knows nothing of the bot that it serves. Everything is documented in docs/sandbox.md.
"""
