"""The tables of the first migrations, as SQL. Like these, never edited: what changes is a new migration.

All times are microseconds UTC, all flags 0 or 1, all addresses lower case, all Message-IDs without angle brackets.
"""

from __future__ import annotations

TABLES = """
-- A list: the address mail is sent to, and the room of threads on the page.
create table list (
  id integer primary key, name text not null unique, address text not null unique, title text not null,
  description text not null default '', who_can_post text not null, visibility text not null, guests text not null
) strict;

-- Somebody who writes or reads. A guest (member = 0) wrote an answer or was copied, and has no subscription.
create table person (
  id integer primary key, name text not null, member integer not null default 0,
  own_posts integer not null default 0, created integer not null
) strict;
-- rank 0 is the address that letters go to.
create table address (
  address text primary key, person_id integer not null references person, rank integer not null default 0
) strict;
create index address_person on address (person_id, rank);
create table handle (handle text primary key, person_id integer not null references person) strict;
create index handle_person on handle (person_id);
create table subscription (
  list_id integer not null references list, person_id integer not null references person,
  mode text not null, since integer not null, primary key (list_id, person_id)
) strict, without rowid;
create index subscription_person on subscription (person_id);

-- Bytes kept by content: raw mails and attachments. packed: 0 as they are, 1 zlib.
create table blob (
  sha256 text primary key, size integer not null, packed integer not null, content blob not null
) strict;

-- Every mail that came in, from the moment it was acknowledged to its one outcome.
create table ledger (
  id integer primary key autoincrement, received integer not null, via text not null,
  account text not null default '', -- the peer of an SMTP session, or the IMAP account
  sender text not null,             -- envelope sender, '' is the null sender
  recipients text not null,         -- envelope recipients that are ours, a JSON list
  raw text references blob, size integer not null,
  message_id text not null default '', author text not null default '', -- as its headers claim
  outcome text not null default 'waiting', code text not null default '', reason text not null default '',
  tries integer not null default 0, due integer not null, lease_until integer not null default 0,
  released integer not null default 0, -- a moderator, or the mail that copied its author, let it through
  ended integer, ms real
) strict;
create index ledger_due on ledger (due) where outcome = 'waiting';
create index ledger_message on ledger (message_id);
create index ledger_held on ledger (author) where outcome = 'held';
create index ledger_account on ledger (account, raw) where via = 'imap';

-- How far an IMAP folder has been read (RFC 3501 section 2.3.1.1): written in the transaction of the mails.
create table imap_cursor (
  account text not null, folder text not null, uidvalidity integer not null, uid integer not null,
  primary key (account, folder)
) strict, without rowid;

create table thread (
  id integer primary key, list_id integer not null references list, title text not null,
  subject_key text not null, first_date integer not null, last_date integer not null, posts integer not null
) strict;
create index thread_activity on thread (list_id, last_date);
create index thread_subject on thread (list_id, subject_key);

create table post (
  id integer primary key, list_id integer not null references list, thread_id integer not null references thread,
  parent_id integer references post, author_id integer not null references person, author text not null,
  guest integer not null, credit text not null default '', subject text not null, date integer not null,
  received integer not null, message_id text not null, origin text not null, ledger_id integer references ledger,
  placed_by text not null, -- token | reference | quote | subject | new: what its parent was found by
  text text not null, html text not null
) strict;
create index post_thread on post (thread_id, date);
create index post_author on post (author_id, date);
create index post_parent on post (parent_id);
create index post_ledger on post (ledger_id);
create index post_message on post (message_id);

-- Every Message-ID that a list has heard of. post_id is null for a ghost: named in References, not yet arrived.
create table known_id (
  list_id integer not null references list, message_id text not null,
  thread_id integer not null references thread, post_id integer references post,
  primary key (list_id, message_id)
) strict, without rowid;
create index known_id_thread on known_id (thread_id);
-- The chain of ids that a post answers; nearness 0 is the mail it answers itself.
create table post_reference (
  list_id integer not null, message_id text not null, post_id integer not null references post,
  nearness integer not null, primary key (list_id, message_id, post_id)
) strict, without rowid;
create index post_reference_post on post_reference (post_id, nearness);

-- Whom the mail of a post copied. An outsider here may answer as a guest of the thread.
create table copied (
  post_id integer not null references post, address text not null, name text not null,
  primary key (post_id, address)
) strict, without rowid;
create index copied_address on copied (address);

-- The parts of a post's mail, shown and folded, in their order.
create table part (
  post_id integer not null references post, seq integer not null, kind text not null, text text not null,
  reason text not null, folded integer not null, primary key (post_id, seq)
) strict, without rowid;

create table attachment (
  id integer primary key, post_id integer not null references post, seq integer not null, name text not null,
  type text not null, size integer not null, sha256 text not null references blob, inline integer not null,
  content_id text not null default '',
  folded integer not null default 0 -- 1: shown only where a folded part (a signature's logo) shows it
) strict;
create index attachment_post on attachment (post_id, seq);

-- A letter that the bridge writes itself: one per address, kind and day.
create table notice (
  id integer primary key, created integer not null, address text not null, kind text not null,
  subject text not null, text text not null, message_id text not null, in_reply_to text not null default '',
  reply_to text not null default '', list_id integer references list, ledger_id integer references ledger
) strict;
create index notice_address on notice (address, kind, created);

-- The outgoing queue: one row per letter and person. state: waiting | sent | failed | cancelled.
create table delivery (
  id integer primary key, post_id integer references post, notice_id integer references notice,
  person_id integer references person, list_id integer references list, address text not null,
  reason text not null, state text not null default 'waiting', due integer not null,
  lease_until integer not null default 0, attempts integer not null default 0, answer text not null default '',
  created integer not null, updated integer not null
) strict;
create index delivery_due on delivery (due) where state = 'waiting';
create unique index delivery_post on delivery (post_id, person_id) where post_id is not null;
create index delivery_notice on delivery (notice_id) where notice_id is not null;
create index delivery_person on delivery (person_id, state);

create table setting (key text primary key, value text not null) strict;
"""

MEMBERS = """
-- What a person wants: '' and null mean the site's. Hours 0-23 in his time zone, weekday 0 is Monday.
alter table person add column timezone text not null default '';
alter table person add column hour integer;
alter table person add column weekday integer not null default 0;
alter table person add column quiet_from integer;
alter table person add column quiet_to integer;
alter table person add column away_until integer; -- vacation, or an out-of-office note with a date
alter table person add column relay integer not null default 1; -- others may write to him through us
alter table person add column language text not null default '';
-- An address that bounces: state ok | paused | probing | dead.
alter table address add column state text not null default 'ok';
alter table address add column score real not null default 0;
alter table address add column scored integer; -- when the score last changed
alter table address add column probe_at integer;

-- What a person wants of one thread (follow | mute) and of the branch below one post (mute).
create table thread_choice (
  person_id integer not null references person, thread_id integer not null references thread,
  choice text not null, primary key (person_id, thread_id)
) strict, without rowid;
create index thread_choice_thread on thread_choice (thread_id);
create table branch_mute (
  person_id integer not null references person, post_id integer not null references post,
  primary key (person_id, post_id)
) strict, without rowid;
create index branch_mute_post on branch_mute (post_id);

-- Guests of a thread: copied outsiders. told: the note of explanation was queued; stopped: he said stop.
create table guest (
  thread_id integer not null references thread, person_id integer not null references person,
  since integer not null, told integer not null default 0, stopped integer not null default 0,
  primary key (thread_id, person_id)
) strict, without rowid;
create index guest_person on guest (person_id);

create table mention (
  post_id integer not null references post, person_id integer not null references person,
  primary key (post_id, person_id)
) strict, without rowid;
create index mention_person on mention (person_id);

-- A digest that was put together. Its posts are the deliveries with its id (state 'digested'); the delivery
-- that carries it has its id and no post. A delivery in state 'digest' waits, until `due`, to be collected.
create table digest (
  id integer primary key, person_id integer not null references person, created integer not null,
  message_id text not null
) strict;
alter table delivery add column digest_id integer references digest;
create index delivery_digest on delivery (person_id, due) where state = 'digest';
create index delivery_in_digest on delivery (digest_id) where digest_id is not null;

-- Who may decide on held mails of a list, beside the operator; last_told is when a summary went out.
create table moderator (
  list_id integer not null references list, person_id integer not null references person,
  last_told integer not null default 0, primary key (list_id, person_id)
) strict, without rowid;

-- What came back: cause is gone | full | temporary | policy | complaint | away | other.
create table bounce (
  id integer primary key, at integer not null, delivery_id integer, person_id integer references person,
  address text not null, cause text not null, status text not null, score real not null, answer text not null,
  ledger_id integer references ledger
) strict;
create index bounce_address on bounce (address, at);

-- Who asked for which address to be added to his name, until the address confirms.
create table address_claim (
  id integer primary key, person_id integer not null references person, address text not null,
  created integer not null
) strict;

-- A list's own rules beyond those of its first columns.
alter table list add column first_posts text not null default 'show'; -- show | hold: new members' first posts
alter table list add column mask_private integer not null default 1;
alter table list add column who text not null default 'nobody'; -- members | nobody: who may ask WHO
alter table list add column spam_header text not null default ''; -- a trusted header whose score holds a mail
alter table list add column spam_score real not null default 5;
"""

THUMBNAILS = """
-- A picture that posts have, small. state: waiting | drawn | small (shown whole) | left (cannot be drawn).
-- width and height in points, turned as the camera was held.
create table thumbnail (
  sha256 text primary key, state text not null default 'waiting', width integer not null default 0,
  height integer not null default 0, content blob
) strict;
create index thumbnail_waiting on thumbnail (state) where state = 'waiting';
insert into thumbnail (sha256) select distinct sha256 from attachment
  where type in ('image/png', 'image/jpeg', 'image/gif', 'image/webp') and seq < 100;
"""
THUMBNAIL_TRIGGERS = (
    """create trigger thumbnail_wanted after insert on attachment
  when new.type in ('image/png', 'image/jpeg', 'image/gif', 'image/webp') and new.seq < 100 begin
  insert into thumbnail (sha256) values (new.sha256) on conflict do nothing;
end""",
    """create trigger thumbnail_gone after delete on attachment
  when not exists (select 1 from attachment where sha256 = old.sha256) begin
  delete from thumbnail where sha256 = old.sha256;
end""",
)
