"""What people do in chat, one file per conversation."""
