-- Full text search (SQLite FTS5), only in the lists that anybody may see.

-- The numbers of the newest that match, at most so many: one look into the index serves count and page. Which lists they
-- may stand in is part of the expression.
-- name: search_hits(expression, most)
select rowid as id from post_fts where post_fts match :expression order by rowid desc limit :most + 0;

-- The words from one up to another, and how many posts hold each.
-- name: search_words(first, end, most)
select term, doc as posts from post_word where term >= :first and term < :end limit :most + 0;

-- name: search_posts(ids, size)
select p.id, p.author_id, p.author, p.credit, p.guest, p.date, substr(p.text, 1, :size) as text, p.thread_id, t.title,
       l.name as list_name, l.title as list_title,
       case when l.mask_private = 0 then 'none' when p.unmasked = 1 then 'quotes' else 'all' end as masking
  from post p join thread t on t.id = p.thread_id join list l on l.id = p.list_id
 where p.id in (select value from json_each(:ids)) and l.visibility = 'public' order by p.id desc;

-- name: search_lists()
select id, name, title, visibility = 'public' as public from list order by title;

-- Posts that are not in the index yet, which are the newest. Run before each commit: written mail by mail, each mail
-- would be a segment of its own, to be merged later.
-- name: search_add()!
insert into post_fts (rowid, subject, author, text, place)
select id, subject, author, text, place from post where id > (select upto from indexed) order by id;

-- name: search_added()!
update indexed set upto = (select coalesce(max(id), 0) from post);
