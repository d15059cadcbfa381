"""Bihuan 闭环: the platform-neutral core of a bot that closes the loop on every meeting."""
