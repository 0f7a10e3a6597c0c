"""The tables and triggers of a migration: counts that pages show are kept as posts come, move and go, never counted.

A page then costs as much at a million posts as at ten thousand. Triggers, so that no writer can forget them. One of
them, INDEX, keeps the search index in step with what is said in posts.
"""

from __future__ import annotations

TABLES = """
-- What pages tell of a list, kept by triggers: threads that have posts, posts, and people who wrote one.
alter table list add column threads integer not null default 0;
alter table list add column posts integer not null default 0;
alter table list add column people integer not null default 0;
-- How many posts somebody has in a list.
create table voice (
  author_id integer not null references person, list_id integer not null references list, posts integer not null,
  primary key (author_id, list_id)
) strict, without rowid;
insert into voice select author_id, list_id, count(*) from post group by author_id, list_id;
update list set threads = (select count(*) from thread where list_id = list.id and posts > 0),
  posts = (select coalesce(sum(posts), 0) from thread where list_id = list.id),
  people = (select count(*) from voice where list_id = list.id);
-- All that the outline of a thread tells, so that it is read from the index alone; and a list's threads in order.
drop index post_thread;
create index post_outline on post (thread_id, date, id, parent_id, author_id, guest, author, credit);
drop index thread_activity;
create index thread_lively on thread (list_id, last_date, id, posts) where posts > 0;
"""
TRIGGERS = (
    """create trigger thread_more after insert on thread begin
  update list set threads = threads + (new.posts > 0), posts = posts + new.posts where id = new.list_id;
end""",
    """create trigger thread_other after update of posts on thread begin
  update list set threads = threads + (new.posts > 0) - (old.posts > 0), posts = posts + new.posts - old.posts
   where id = new.list_id;
end""",
    """create trigger thread_less after delete on thread begin
  update list set threads = threads - (old.posts > 0), posts = posts - old.posts where id = old.list_id;
end""",
    """create trigger voice_more after insert on post begin
  insert into voice values (new.author_id, new.list_id, 1) on conflict do update set posts = posts + 1;
end""",
    """create trigger voice_other after update of author_id on post when old.author_id <> new.author_id begin
  insert into voice values (new.author_id, new.list_id, 1) on conflict do update set posts = posts + 1;
  update voice set posts = posts - 1 where author_id = old.author_id and list_id = old.list_id;
end""",
    """create trigger voice_less after delete on post begin
  update voice set posts = posts - 1 where author_id = old.author_id and list_id = old.list_id;
end""",
    """create trigger voice_gone after update on voice when new.posts = 0 begin
  delete from voice where author_id = new.author_id and list_id = new.list_id;
end""",
    """create trigger people_more after insert on voice begin
  update list set people = people + 1 where id = new.list_id;
end""",
    """create trigger people_less after delete on voice begin
  update list set people = people - 1 where id = old.list_id;
end""",
)
INDEX = """create trigger post_au after update of subject, author, text on post begin
  insert into post_fts (post_fts, rowid, subject, author, text)
  values ('delete', old.rowid, old.subject, old.author, old.text);
  insert into post_fts (rowid, subject, author, text) values (new.rowid, new.subject, new.author, new.text);
end"""
SEARCH = (
    # `place` holds one word, made of the number of the post's list. Beginnings of three and four letters have an index
    # of their own (90 us a mail); longer ones are looked up among the words. How long each post is (columnsize) only a
    # ranking would ask.
    """create virtual table post_fts using fts5(
  subject, author, text, place, content=post, columnsize=0, prefix='3 4', tokenize='unicode61 remove_diacritics 2'
)""",
    "create virtual table post_word using fts5vocab(post_fts, row)",
    """create trigger post_ai after insert on post begin
  insert into post_fts (rowid, subject, author, text, place)
  values (new.id, new.subject, new.author, new.text, new.place);
end""",
    """create trigger post_ad after delete on post begin
  insert into post_fts (post_fts, rowid, subject, author, text, place)
  values ('delete', old.id, old.subject, old.author, old.text, old.place);
end""",
    """create trigger post_au after update of subject, author, text, list_id on post begin
  insert into post_fts (post_fts, rowid, subject, author, text, place)
  values ('delete', old.id, old.subject, old.author, old.text, old.place);
  insert into post_fts (rowid, subject, author, text, place)
  values (new.id, new.subject, new.author, new.text, new.place);
end""",
)
# The same for posts that enter the index when their transaction ends (`search_add`): none is taken out that is not in.
INDEXED = (
    """create table indexed (
  upto integer not null -- posts up to this number are in the search index
) strict""",
    "insert into indexed select coalesce(max(id), 0) from post",
    """create trigger post_ad after delete on post begin
  insert into post_fts (post_fts, rowid, subject, author, text, place)
  select 'delete', old.id, old.subject, old.author, old.text, old.place where old.id <= (select upto from indexed);
  update indexed set upto = min(upto, (select coalesce(max(id), 0) from post));
end""",
    """create trigger post_au after update of subject, author, text, list_id on post
  when old.id <= (select upto from indexed) begin
  insert into post_fts (post_fts, rowid, subject, author, text, place)
  values ('delete', old.id, old.subject, old.author, old.text, old.place);
  insert into post_fts (rowid, subject, author, text, place)
  values (new.id, new.subject, new.author, new.text, new.place);
end""",
)
