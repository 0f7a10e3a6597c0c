-- Full text search (SQLite FTS5), only in the lists that anybody may see. `list` is '' for all of them.

-- The numbers of the newest that match, at most so many: one look into the index serves count and page.
-- name: search_hits(expression, list, most)
select f.rowid as id from post_fts f join post p on p.id = f.rowid join list l on l.id = p.list_id
 where post_fts match :expression and l.visibility = 'public' and (:list = '' or l.name = :list)
 order by f.rowid desc limit :most;

-- name: search_posts(ids)
select p.id, p.author_id, p.author, p.credit, p.guest, p.date, p.text, p.thread_id, t.title, l.name as list_name,
       l.title as list_title, case when l.mask_private = 0 then 'none' when p.unmasked = 1 then 'quotes' else 'all' end as masking
  from post p join thread t on t.id = p.thread_id join list l on l.id = p.list_id
 where p.id in (select value from json_each(:ids)) order by p.id desc;

-- name: search_lists()
select name, title from list where visibility = 'public' order by title;
