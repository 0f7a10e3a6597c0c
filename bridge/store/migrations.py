"""The tables, in the order in which they came to be. A migration that has landed is never edited.

All times are microseconds UTC, all flags 0 or 1, all addresses lower case, all Message-IDs without angle brackets.
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from ..posting.mentions import first
from . import figures as kept
from .schema import MEMBERS, TABLES, THUMBNAIL_TRIGGERS, THUMBNAILS

migrations = Migrations("bridge")


def _run(db: Database, script: str) -> None:
    """Each statement of a script on its own: `executescript` would commit the transaction of the migration."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if line.partition(" --")[0].rstrip().endswith(";"):
            db.execute(statement)
            statement = ""


@migrations()
def tables(db: Database) -> None:
    """The first schema."""
    _run(db, TABLES)


@migrations()
def search(db: Database) -> None:
    """Full text search over the posts (FTS5), kept in step by triggers."""
    db["post"].enable_fts(  # type: ignore[union-attr]
        ["subject", "author", "text"],
        fts_version="FTS5",
        create_triggers=True,
        tokenize="unicode61 remove_diacritics 2",
    )


@migrations()
def sweep(db: Database) -> None:
    """What `upkeep` looks blobs up by."""
    db.execute("create index ledger_raw on ledger (raw)")
    db.execute("create index attachment_blob on attachment (sha256)")


@migrations()
def reading(db: Database) -> None:
    """Indexes for the pages: the newest posts of a list and of all lists, and how many people wrote in a list."""
    db.execute("create index post_list on post (list_id, date, author_id)")
    db.execute("create index post_date on post (date)")


@migrations()
def members(db: Database) -> None:
    """Delivery modes, digests, guests, mentions, bounces, moderators, private data."""
    _run(db, MEMBERS)


@migrations()
def tails(db: Database) -> None:
    """What authors and their domains have ended their mails with before: learned signatures and notices."""
    _run(
        db,
        """
        -- owner is `author:ADDRESS` or `domain:DOMAIN`; a fingerprint is of one normalised line or of a run of them.
        create table tail (
          owner text not null, fingerprint text not null, mails integer not null, last integer not null,
          ledger_id integer not null, primary key (owner, fingerprint)
        ) strict, without rowid;
        """,
    )


@migrations()
def digests(db: Database) -> None:
    """Whose digest is due: asked twice a minute, of all that is collected."""
    db.execute("create index delivery_digest_due on delivery (due) where state = 'digest'")


@migrations()
def moderation(db: Database) -> None:
    """What moderators are shown of a held mail, and what they decided."""
    _run(
        db,
        """
        -- A mail that waits for the moderators of a list. safe: its sender may be told; told: when they were.
        create table held (
          ledger_id integer not null references ledger on delete cascade, list_id integer not null references list,
          at integer not null, code text not null, reason text not null, name text not null, subject text not null,
          text text not null, safe integer not null, told integer, primary key (ledger_id, list_id)
        ) strict;
        create index held_untold on held (list_id, at) where told is null;
        -- Who decided on a mail: released | refused.
        create table decision (
          ledger_id integer primary key references ledger on delete cascade, verdict text not null,
          name text not null, at integer not null
        ) strict;
        """,
    )


@migrations()
def quoted(db: Database) -> None:
    """Which post a quoted part stands in."""
    db.execute("alter table part add column quoted_id integer references post")
    db.execute("create index part_quoted on part (quoted_id) where quoted_id is not null")


@migrations()
def bounces(db: Database) -> None:
    """What bounces and the standing of addresses are looked up by."""
    db.execute("create index bounce_delivery on bounce (delivery_id)")
    db.execute("create index address_probe on address (probe_at) where probe_at is not null")
    db.execute("create index delivery_failed on delivery (updated) where state = 'failed'")


@migrations()
def merged(db: Database) -> None:
    """Whom a person was merged into: his row stays, for tokens that he was given and so that no number comes again."""
    db.execute("alter table person add column merged_into integer references person")
    db.execute("create index person_merged on person (merged_into) where merged_into is not null")


@migrations()
def private(db: Database) -> None:
    """What is shown of a post to everybody, and what is left of somebody who was forgotten."""
    _run(
        db,
        """
        -- unmasked: its author shows what is private of his own; removed: its words are gone, its place stays.
        alter table post add column unmasked integer not null default 0;
        alter table post add column removed integer not null default 0;
        alter table person add column forgotten integer not null default 0;
        """,
    )


@migrations()
def revoked(db: Database) -> None:
    """Whose tokens are no longer good: of a purpose, up to which second number."""
    db.execute(
        "create table revoked (person_id integer not null references person, purpose text not null, "
        "upto integer not null, at integer not null, primary key (person_id, purpose)) strict, without rowid"
    )


@migrations()
def mailboxes(db: Database) -> None:
    """What IMAP mailboxes have brought: known even when a mail is forgotten."""
    db.execute(
        "create table brought (sha256 text not null, account text not null, recipients text not null, "
        "primary key (sha256, account, recipients)) strict, without rowid"
    )
    db.execute(
        "insert or ignore into brought select raw, account, recipients from ledger "
        "where via = 'imap' and raw is not null"
    )


@migrations()
def figures(db: Database) -> None:
    """Counts that pages show are kept, and what they read of posts stands together: at a million posts as at ten."""
    _run(db, kept.TABLES)
    for trigger in kept.TRIGGERS:
        db.execute(trigger)


@migrations()
def vouched(db: Database) -> None:
    """What vouched for a mail's author, as RFC 8601 writes it: it names no more than a domain."""
    db.execute("alter table ledger add column vouched text not null default ''")


@migrations()
def pending(db: Database) -> None:
    """A person's letters are looked up while they wait: an index of these alone stays small, and few pages change."""
    db.execute("drop index delivery_person")
    db.execute("create index delivery_pending on delivery (person_id) where state in ('waiting', 'digest')")


@migrations()
def habits(db: Database) -> None:
    """How much somebody wrote within the hour is read from his own latest posts, however many his list has."""
    db.execute("create index post_habits on post (author_id, received)")


@migrations()
def words(db: Database) -> None:
    """The search index is written where a post's words change, not where its place in the tree or its HTML does."""
    db.execute("drop trigger post_au")
    db.execute(kept.INDEX)


@migrations()
def thumbnails(db: Database) -> None:
    """Small forms of pictures, kept while an attachment shows them."""
    _run(db, THUMBNAILS)
    for trigger in THUMBNAIL_TRIGGERS:
        db.execute(trigger)


@migrations()
def places(db: Database) -> None:
    """The search index knows which list a post stands in: a search in one list need not look at the posts of others."""
    db.execute("alter table post add column place text generated always as (char(57344) || list_id) virtual")
    for trigger in ("post_ai", "post_ad", "post_au"):
        db.execute(f"drop trigger {trigger}")
    db.execute("drop table post_fts")
    for statement in kept.SEARCH:
        db.execute(statement)
    db.execute("insert into post_fts (post_fts) values ('rebuild')")


@migrations()
def gathered(db: Database) -> None:
    """New posts enter the search index once a commit (`search_add`); no trigger may take out what is not in it."""
    for trigger in ("post_ai", "post_ad", "post_au"):
        db.execute(f"drop trigger {trigger}")
    for written in kept.INDEXED:
        db.execute(written)


@migrations()
def choosy(db: Database) -> None:
    """Those who do not simply want each post at once are found without looking at all the others of their list."""
    db.execute("create index subscription_choosy on subscription (list_id, person_id) where mode <> 'each'")
    db.execute(
        "create index person_hours on person (id) where quiet_to is not null or away_until is not null"
    )


@migrations()
def firsts(db: Database) -> None:
    """People are looked up by how their names begin: a post that names somebody does not look at a whole list."""
    db.execute("alter table person add column first text")
    db.conn.create_function("first_word", 1, first, deterministic=True)
    db.execute("update person set first = first_word(name)")
    db.execute("create index person_first on person (first)")


@migrations()
def clustered(db: Database) -> None:
    """What waits for somebody is found by the posts of which letters wait.

    An index of these by person had as many places to write to as a list has readers, for each post.
    """
    db.execute("drop index delivery_pending")
    db.execute("create index delivery_pending on delivery (post_id) where state in ('waiting', 'digest')")
    db.execute(
        "create index delivery_alone on delivery (person_id) where state = 'waiting' and post_id is null"
    )
    _run(
        db,
        """
        -- The posts of which letters wait, each once.
        create view pending (post_id) as
          with recursive next (post_id) as (
            select min(post_id) from delivery where state in ('waiting', 'digest')
             union all
            select (select min(d.post_id) from delivery d
                     where d.state in ('waiting', 'digest') and d.post_id > next.post_id)
              from next where next.post_id is not null)
          select post_id from next where post_id is not null;
        """,
    )


@migrations()
def orphans(db: Database) -> None:
    """Answers that came before the first post are few: it finds them without looking at all threads of its subject."""
    db.execute("create index post_orphan on post (list_id, date) where placed_by = 'orphan'")
