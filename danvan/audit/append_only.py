"""What keeps the two tables append-only inside the database, whoever writes: the migration lays it, verify_audit looks for it.

An event may go in one way only: sealed and older than 30 days, as danvan.audit.retention does it. The role of web and worker
needs SELECT and INSERT on these tables and must be given nothing else.
"""

TABLES = ("audit_auditevent", "audit_auditseal")
FLOOR_DAYS = 30  # no setting goes below
NAME = "{table}_{act}_refused"
ACTS = ("update", "delete", "truncate")

_FUNCTION = """
CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_auditevent' THEN
        IF OLD.at < now() - interval 'FLOOR days' AND EXISTS (SELECT 1 FROM audit_auditseal WHERE event_id = OLD.id) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'append-only: % of % is refused', TG_OP, TG_TABLE_NAME;
END $$
""".replace("FLOOR", str(FLOOR_DAYS))
_OLD_AND_SEALED = ("OLD.at < datetime('now', '-FLOOR days') AND EXISTS (SELECT 1 FROM audit_auditseal WHERE event_id = OLD.id)").replace(
    "FLOOR", str(FLOOR_DAYS)
)


def names(vendor):
    return [NAME.format(table=table, act=act) for table in TABLES for act in ACTS if vendor == "postgresql" or act != "truncate"]


def lay(vendor):
    """The statements that make the guards."""
    if vendor == "postgresql":
        each = {"update": "ROW", "delete": "ROW", "truncate": "STATEMENT"}
        return [_FUNCTION] + [
            f"CREATE TRIGGER {NAME.format(table=table, act=act)} BEFORE {act} ON {table} FOR EACH {each[act]} "
            "EXECUTE FUNCTION audit_append_only()"
            for table in TABLES
            for act in ACTS
        ]
    unless = {("audit_auditevent", "delete"): f"WHEN NOT ({_OLD_AND_SEALED})"}
    return [
        f"CREATE TRIGGER {NAME.format(table=table, act=act)} BEFORE {act} ON {table} {unless.get((table, act), '')} "
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {act} of {table} is refused'); END"
        for table in TABLES
        for act in ("update", "delete")
    ]


def lift(vendor):
    """The statements that remove them."""
    if vendor == "postgresql":
        return ["DROP FUNCTION audit_append_only() CASCADE"]
    return [f"DROP TRIGGER {name}" for name in names(vendor)]


def missing(connection):
    """Names of guards that are not there or switched off."""
    query = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND NOT tgisinternal",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {name for (name,) in cursor.fetchall()}
    return [name for name in names(connection.vendor) if name not in standing]
