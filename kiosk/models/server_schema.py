"""PostgreSQL's catalogue of a village: every object of the schema, and all that it says.

Nothing of it can be made anew beside the village, as on SQLite: the terminals' role has no right to
make a table. So what the migrations make on a server stands in a file beside them, which
`python -m scripts.server_schema` writes and a test on a server holds to them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, text

from kiosk.models import migrations

FILE: Final = Path(migrations.__file__).parent / "postgresql.txt"
"""The revision of which it is; then a line for each object: kind, name, what it says, by tabs."""

Objects = Mapping[tuple[str, str], str]
"""What an object is by kind and name, and what it says."""

# What is looked up without naming its schema is found in these; what extensions made may stand.
_RELATIONS = """
WITH here AS (SELECT oid FROM pg_namespace WHERE nspname = ANY (current_schemas(false))),
extended AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e'),
relation AS (
  SELECT * FROM pg_class AS c WHERE relnamespace IN (SELECT oid FROM here)
  AND NOT EXISTS (SELECT 1 FROM extended WHERE classid = 'pg_class'::regclass AND objid = c.oid)
)
"""
_TABLES = """
SELECT CASE relkind WHEN 'r' THEN 'table' ELSE 'other' END, relname, concat_ws(
  ' ', relkind::text, relpersistence::text, array_to_string(reloptions, ' '),
  CASE WHEN relrowsecurity THEN 'row security' END,
  CASE WHEN relforcerowsecurity THEN 'forced' END,
  (SELECT 'inherits ' || string_agg(inhparent::regclass::text, ' ' ORDER BY inhseqno)
   FROM pg_inherits WHERE inhrelid = relation.oid)
) FROM relation WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
"""
_COLUMNS = """
SELECT 'column', relname || '.' || attname, concat_ws(
  ' ', format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'not null' END,
  'default ' || pg_get_expr(adbin, adrelid), 'identity ' || nullif(attidentity::text, ''),
  'generated ' || nullif(attgenerated::text, ''),
  (SELECT 'collated ' || collname FROM pg_collation
   WHERE pg_collation.oid = attcollation AND attcollation <> typcollation)
) FROM relation JOIN pg_attribute ON attrelid = relation.oid
JOIN pg_type ON pg_type.oid = atttypid
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
"""
# A server of version 18 counts NOT NULL among them, which the columns say.
_CONSTRAINTS = """
SELECT 'constraint', conname, concat_ws(
  ' ', 'on', relname, pg_get_constraintdef(con.oid),
  (SELECT 'switched off' FROM pg_trigger
   WHERE tgconstraint = con.oid AND tgenabled NOT IN ('O', 'A') LIMIT 1)
) FROM relation JOIN pg_constraint AS con ON conrelid = relation.oid WHERE contype <> 'n'
"""
_INDEXES = """
SELECT 'index', named.relname, concat_ws(
  ' ', pg_get_indexdef(indexrelid), CASE WHEN NOT (indisvalid AND indisready) THEN 'not valid' END
) FROM relation JOIN pg_index ON indrelid = relation.oid
JOIN pg_class AS named ON named.oid = indexrelid
"""
_TRIGGERS = """
SELECT 'trigger', tgname, concat_ws(
  ' ', pg_get_triggerdef(pg_trigger.oid),
  CASE WHEN tgenabled NOT IN ('O', 'A') THEN 'switched off' END
) FROM relation JOIN pg_trigger ON tgrelid = relation.oid WHERE NOT tgisinternal
"""
_RULES = """
SELECT 'rule', rulename, pg_get_ruledef(pg_rewrite.oid)
FROM relation JOIN pg_rewrite ON ev_class = relation.oid WHERE rulename <> '_RETURN'
"""
_POLICIES = """
SELECT 'policy', polname, 'on ' || relname FROM relation JOIN pg_policy ON polrelid = relation.oid
"""
_SEQUENCES = """
SELECT 'sequence', relname, concat_ws(
  ' ', format_type(seqtypid, NULL), 'from', seqstart, 'by', seqincrement, 'within', seqmin, seqmax,
  CASE WHEN seqcycle THEN 'again and again' END,
  (SELECT 'of ' || refobjid::regclass || '.' || attname FROM pg_depend
   JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
   WHERE classid = 'pg_class'::regclass AND objid = relation.oid AND deptype IN ('a', 'i'))
) FROM relation JOIN pg_sequence ON seqrelid = relation.oid
"""
_FUNCTIONS = """
SELECT 'function', proname,
  CASE WHEN prokind IN ('f', 'p') THEN pg_get_functiondef(p.oid) ELSE prokind::text END
FROM pg_proc AS p WHERE pronamespace IN (SELECT oid FROM here)
AND NOT EXISTS (SELECT 1 FROM extended WHERE classid = 'pg_proc'::regclass AND objid = p.oid)
"""
_TYPES = """
SELECT 'type', typname, typtype::text FROM pg_type AS t
WHERE typnamespace IN (SELECT oid FROM here)
AND (typtype IN ('d', 'e', 'r', 'm') OR (typtype = 'b' AND typcategory <> 'A'))
AND NOT EXISTS (SELECT 1 FROM extended WHERE classid = 'pg_type'::regclass AND objid = t.oid)
"""
# An operator or a cast of somebody's own decides what "=" between two columns means.
_OPERATORS = """
SELECT 'operator', oprname, oprcode::text FROM pg_operator AS o
WHERE oprnamespace IN (SELECT oid FROM here)
AND NOT EXISTS (SELECT 1 FROM extended WHERE classid = 'pg_operator'::regclass AND objid = o.oid)
"""
# What comes with the server itself has a smaller number (PostgreSQL: FirstNormalObjectId).
_CASTS = """
SELECT 'cast', castsource::regtype || ' as ' || casttarget::regtype, '' FROM pg_cast AS c
WHERE c.oid >= 16384
AND NOT EXISTS (SELECT 1 FROM extended WHERE classid = 'pg_cast'::regclass AND objid = c.oid)
"""
_EVENT_TRIGGERS = """
SELECT 'event trigger', evtname, '' FROM pg_event_trigger AS e
WHERE NOT EXISTS (SELECT 1 FROM extended WHERE objid IN (e.oid, evtfoid))
"""
# With another value no trigger is run, the log's own and those behind foreign keys among them.
_SETTINGS = """
SELECT 'setting', name, setting FROM pg_settings WHERE name = 'session_replication_role'
"""
_QUESTIONS: Final = (
    _TABLES,
    _COLUMNS,
    _CONSTRAINTS,
    _INDEXES,
    _TRIGGERS,
    _RULES,
    _POLICIES,
    _SEQUENCES,
    _FUNCTIONS,
    _TYPES,
    _OPERATORS,
    _CASTS,
    _EVENT_TRIGGERS,
    _SETTINGS,
)


def found(connection: Connection) -> Objects:
    """What stands in the schemas that names are looked up in."""
    schema = connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one()
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for question in _QUESTIONS:
        for kind, name, says in connection.exec_driver_sql(_RELATIONS + question):
            said[str(kind), str(name)].append(_plain(str(says), schema))
    # Names may stand twice there: constraints of two tables, functions of other arguments.
    return {which: " and ".join(sorted(each)) for which, each in said.items()}


@cache
def made_by_the_migrations() -> Objects:
    """What the file says that all migrations make in an empty database."""
    written = (line.split("\t") for line in FILE.read_text("utf-8").splitlines()[1:])
    return {(kind, name): said for kind, name, said in written}


def page(objects: Objects) -> str:
    """The whole file for `objects`, in the order of the alphabet."""
    lines = ("\t".join((*which, said)) for which, said in sorted(objects.items()))
    return "\n".join((migrations.LATEST, *lines, ""))


def _plain(said: str, schema: str) -> str:
    """Without line ends, and without the schema's name, which villages choose."""
    return re.sub(rf'(?<![\w"]){re.escape(schema)}\.', "", " ".join(said.split()))
