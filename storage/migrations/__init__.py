"""The way from every released version of the tables to the newest, one numbered step at a time (Alembic)."""
