-- What the web pages read. Every query here keeps to the lists that anybody may see: visibility = 'public'.
-- masking: what of a post is masked for them, as posting.private says it.

-- name: archive_lists()
select l.id, l.name, l.address, l.title, l.description, coalesce(t.threads, 0) as threads,
       coalesce(t.posts, 0) as posts, t.last_date,
       (select count(distinct author_id) from post where list_id = l.id) as people,
       case when l.mask_private = 0 then 'none' else 'all' end as masking
  from list l
  left join (select list_id, count(*) as threads, sum(posts) as posts, max(last_date) as last_date
               from thread where posts > 0 group by list_id) t on t.list_id = l.id
 where l.visibility = 'public'
 order by t.last_date is null, t.last_date desc, l.title;

-- name: archive_list(name)^
select l.id, l.name, l.address, l.title, l.description, count(t.id) as threads, coalesce(sum(t.posts), 0) as posts,
       max(t.last_date) as last_date, (select count(distinct author_id) from post where list_id = l.id) as people,
       case when l.mask_private = 0 then 'none' else 'all' end as masking
  from list l left join thread t on t.list_id = l.id and t.posts > 0
 where l.name = :name and l.visibility = 'public'
 group by l.id;

-- name: archive_threads(list_id, size, skip)
select id, title, first_date, last_date, posts from thread
 where list_id = :list_id and posts > 0
 order by last_date desc, id desc limit :size offset :skip;

-- Who wrote in these threads, each person once per thread.
-- name: archive_voices(ids)
select thread_id, author_id, max(author) as author, max(guest) as guest, count(*) as posts, min(date) as first_date, max(date) as last_date
  from post where thread_id in (select value from json_each(:ids))
 group by thread_id, author_id order by thread_id, first_date, author_id;

-- name: archive_thread(id)^
select t.id, t.title, t.first_date, t.last_date, t.posts, l.name as list_name, l.title as list_title,
       l.address as list_address, case when l.mask_private = 0 then 'none' else 'all' end as masking
  from thread t join list l on l.id = t.list_id
 where t.id = :id and l.visibility = 'public';

-- name: archive_outline(thread_id)
select id, parent_id, author_id, author, credit, guest, date from post where thread_id = :thread_id order by date, id;

-- name: archive_posts(ids)
select p.id, p.text, p.html, p.subject,
       case when l.mask_private = 0 then 'none' when p.unmasked = 1 then 'quotes' else 'all' end as masking
  from post p join list l on l.id = p.list_id where p.id in (select value from json_each(:ids));

-- The first characters of posts, for a line that says what a post is about.
-- name: archive_openings(ids, size)
select p.id, substr(p.text, 1, :size) as text,
       case when l.mask_private = 0 then 'none' when p.unmasked = 1 then 'quotes' else 'all' end as masking
  from post p join list l on l.id = p.list_id where p.id in (select value from json_each(:ids));

-- name: archive_folded(ids, size)
select post_id, kind, reason, substr(text, 1, :size) as text from part
 where folded = 1 and post_id in (select value from json_each(:ids)) order by post_id, seq;

-- The posts of the same thread whose words these posts quote, with those who wrote them.
-- name: archive_quoted(ids)
select distinct t.post_id, q.id, q.author from part t
  join post p on p.id = t.post_id join post q on q.id = t.quoted_id and q.thread_id = p.thread_id
 where t.folded = 0 and t.post_id in (select value from json_each(:ids));

-- name: archive_attachments(ids)
select id, post_id, name, type, size, inline, folded from attachment
 where post_id in (select value from json_each(:ids)) order by post_id, seq;

-- name: archive_copied(ids)
select post_id, name, address from copied
 where post_id in (select value from json_each(:ids));

-- Posts that name a mail which has not arrived as the one they answer.
-- name: archive_waiting(ids)
select r.post_id from post_reference r
  join known_id k on k.list_id = r.list_id and k.message_id = r.message_id
 where r.nearness = 0 and k.post_id is null and r.post_id in (select value from json_each(:ids));

-- name: archive_place(id)^
select p.id, p.thread_id, l.name as list_name from post p join list l on l.id = p.list_id
 where p.id = :id and l.visibility = 'public';

-- name: archive_attachment(id)^
select a.id, a.name, a.type, a.size, a.sha256 from attachment a
  join post p on p.id = a.post_id join list l on l.id = p.list_id
 where a.id = :id and l.visibility = 'public';

-- name: archive_person(id)^
select n.id, n.name, n.member, count(*) as posts, min(p.date) as first_date, max(p.date) as last_date
  from person n join post p on p.author_id = n.id join list l on l.id = p.list_id
 where n.id = :id and l.visibility = 'public'
 group by n.id;

-- name: archive_person_posts(person_id, size, skip)
select p.id, p.author_id, p.author, p.credit, p.guest, p.date, substr(p.text, 1, 2100) as text, p.thread_id,
       t.title, l.name as list_name, l.title as list_title,
       case when l.mask_private = 0 then 'none' when p.unmasked = 1 then 'quotes' else 'all' end as masking
  from post p join thread t on t.id = p.thread_id join list l on l.id = p.list_id
 where p.author_id = :person_id and l.visibility = 'public'
 order by p.date desc, p.id desc limit :size offset :skip;

-- name: archive_latest(size)
select p.id, p.author, p.credit, p.guest, p.date, p.html, p.parent_id, t.title, l.name as list_name,
       case when l.mask_private = 0 then 'none' when p.unmasked = 1 then 'quotes' else 'all' end as masking
  from post p join thread t on t.id = p.thread_id join list l on l.id = p.list_id
 where l.visibility = 'public'
 order by p.date desc, p.id desc limit :size;

-- name: archive_latest_of(list_id, size)
select p.id, p.author, p.credit, p.guest, p.date, p.html, p.parent_id, t.title, l.name as list_name,
       case when l.mask_private = 0 then 'none' when p.unmasked = 1 then 'quotes' else 'all' end as masking
  from post p join thread t on t.id = p.thread_id join list l on l.id = p.list_id
 where p.list_id = :list_id and l.visibility = 'public'
 order by p.date desc, p.id desc limit :size;
