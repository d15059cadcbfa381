"""The rules: values in, values and facts out. No clock, no session, no language, no messenger, nothing that waits."""
