"""A year's promises worked out again from the database and the sandbox's log; shares no code with the bot."""
