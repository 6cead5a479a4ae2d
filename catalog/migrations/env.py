"""Where Alembic runs: on the connection that `catalog.database` opened, in its transaction."""

from alembic import context
from sqlmodel import SQLModel

import catalog.models  # noqa: F401 - its tables are the target

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
