"""Run by Alembic. The connection is given by services/chassis/migrate.py; there is no other way to run this."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
