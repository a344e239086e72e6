"""The people's side: what persons do, asked for over HTTP by the chat page or by a script."""
