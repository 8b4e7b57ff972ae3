"""Deliveries found by the step that recorded them."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.get_bind().exec_driver_sql("CREATE INDEX ix_delivery_event_id ON delivery (event_id)")
