"""Views: what people read, in every language, for every moment."""
