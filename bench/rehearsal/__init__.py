"""The rehearsal: a whole organisation plays a quarter by chat, and everything it was promised is checked."""
