"""Run by Alembic: applies the steps on the connection and in the transaction that migrate.py began."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
