"""`/meeting` and `/series`: preparing a meeting, from the first line to the notice (P1–P9). MEETING is their list."""
