"""The running workplace: watched, asked for its health, stopped cleanly."""
