"""Files people take along."""
