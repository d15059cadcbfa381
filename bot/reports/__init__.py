"""Files made of what is kept, for people to take along."""
