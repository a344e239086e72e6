"""The languages that the bot speaks, and its sentences in them."""
