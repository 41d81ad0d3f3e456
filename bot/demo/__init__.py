"""The demo: an organisation of made-up people, the bot and the sandbox in one process."""
