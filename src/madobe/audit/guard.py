"""The database's own refusal to change the trail: triggers, for whoever goes past the code."""

from typing import Any

_SAYS = "rows of the trail stay as they are"
_SQLITE = {
    "audit_no_update": "BEFORE UPDATE",
    "audit_no_delete": "BEFORE DELETE",
}
_POSTGRES = """
CREATE OR REPLACE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{says}'; END $$;
CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit_auditevent
  FOR EACH ROW EXECUTE FUNCTION audit_stays();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_auditevent
  FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();
"""


def put_up(connection: Any) -> None:
    """This will make the database refuse UPDATE, DELETE and TRUNCATE on the trail."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES.format(says=_SAYS))
            return
        for name, when in _SQLITE.items():
            cursor.execute(
                f"CREATE TRIGGER {name} {when} ON audit_auditevent BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
            )


def take_down(connection: Any) -> None:
    """This will lift the refusal: for undoing the migration, and for tests that play the intruder."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER IF EXISTS audit_no_change ON audit_auditevent")
            cursor.execute("DROP TRIGGER IF EXISTS audit_no_truncate ON audit_auditevent")
            return
        for name in _SQLITE:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
