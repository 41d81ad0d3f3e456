"""Facts become words and buttons; pure, through gettext."""
