"""Runs the steps on the connection that storage/schema.py hands over, each in its own transaction."""

from alembic import context

from storage.compared import compared

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=compared(),
    transaction_per_migration=True,
    on_version_apply=lambda *, step, **_: context.config.attributes["progress"](str(step)),
)
with context.begin_transaction():
    context.run_migrations()
