"""A Telegram for the desk: a local Bot API, a chat page and a clock that can be moved."""
