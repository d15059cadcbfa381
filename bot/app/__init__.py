"""The running workplace: everything assembled in one asyncio process, served, watched and stopped cleanly."""
