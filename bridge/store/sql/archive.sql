-- What the web pages read. Every query here keeps to the lists that anybody may see: visibility = 'public'.
-- masking: what of a post is masked for them, as posting.private says it.

-- name: archive_lists()
select id, name, address, title, description, threads, posts, people,
       (select max(last_date) from thread where list_id = list.id and posts > 0) as last_date,
       case when mask_private = 0 then 'none' else 'all' end as masking
  from list where visibility = 'public'
 order by last_date is null, last_date desc, title;

-- name: archive_list(name)^
select id, name, address, title, description, threads, posts, people,
       (select max(last_date) from thread where list_id = list.id and posts > 0) as last_date,
       case when mask_private = 0 then 'none' else 'all' end as masking
  from list where name = :name and visibility = 'public';

-- The threads of one page are found in the index alone, however many come before it. The first 200 posts of each tell
-- who wrote them; of more, how many people there are and who was the last is asked besides.
-- name: archive_threads(list_id, size, skip)
select t.id, t.title, t.first_date, t.last_date, t.posts,
       (select json_group_array(json_array(author_id, author)) from
          (select author_id, author from post where thread_id = t.id order by date, id limit 200)) as authors,
       case when t.posts > 200 then (select count(distinct author_id) from post where thread_id = t.id) end as people,
       case when t.posts > 200 then
         (select author from post where thread_id = t.id order by date desc, id desc limit 1) end as last_name
  from thread t where t.id in (select id from thread where list_id = :list_id and posts > 0
                                order by last_date desc, id desc limit :size + 0 offset :skip)
 order by t.last_date desc, t.id desc;

-- name: archive_thread(id)^
select t.id, t.title, t.first_date, t.last_date, t.posts, l.name as list_name, l.title as list_title,
       l.address as list_address, case when l.mask_private = 0 then 'none' else 'all' end as masking
  from thread t join list l on l.id = t.list_id
 where t.id = :id and l.visibility = 'public';

-- All posts of a thread by date, and what each answers: two lists of numbers.
-- name: archive_outline(thread_id)^
select json_group_array(id) as posts, json_group_array(parent_id) as parents from
  (select id, parent_id from post where thread_id = :thread_id order by date, id);

-- name: archive_people(thread_id)^
select count(distinct author_id) as people from post where thread_id = :thread_id;

-- name: archive_entries(ids)
select id, parent_id, author_id, author, credit, guest, date from post where id in (select value from json_each(:ids));

-- The answers to these posts in their own thread.
-- name: archive_answers(ids)
select a.id, a.parent_id, a.author_id, a.author, a.credit, a.guest, a.date
  from post a join post p on p.id = a.parent_id and p.thread_id = a.thread_id
 where a.parent_id in (select value from json_each(:ids)) order by a.date, a.id;

-- name: archive_posts(ids)
select p.id, p.parent_id, p.author_id, p.author, p.credit, p.guest, p.date, p.text, p.html,
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
select a.id, a.post_id, a.name, a.type, a.size, a.inline, a.folded, coalesce(t.state, '') as drawn,
       coalesce(t.width, 0) as width, coalesce(t.height, 0) as height
  from attachment a left join thumbnail t on t.sha256 = a.sha256
 where a.post_id in (select value from json_each(:ids)) order by a.post_id, a.seq;

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
select n.id, n.name, n.member, v.posts,
       (select p.date from post p join list l on l.id = p.list_id
         where p.author_id = n.id and l.visibility = 'public' order by p.date limit 1) as first_date,
       (select p.date from post p join list l on l.id = p.list_id
         where p.author_id = n.id and l.visibility = 'public' order by p.date desc limit 1) as last_date
  from person n join (select author_id, sum(v.posts) as posts from voice v join list l on l.id = v.list_id
                       where v.author_id = :id and l.visibility = 'public' group by author_id) v on v.author_id = n.id
 where n.id = :id;

-- name: archive_person_posts(person_id, size, skip)
select p.id, p.author_id, p.author, p.credit, p.guest, p.date, substr(p.text, 1, 2100) as text, p.thread_id,
       t.title, l.name as list_name, l.title as list_title,
       case when l.mask_private = 0 then 'none' when p.unmasked = 1 then 'quotes' else 'all' end as masking
  from post p join thread t on t.id = p.thread_id join list l on l.id = p.list_id
 where p.author_id = :person_id and l.visibility = 'public'
 order by p.date desc, p.id desc limit :size + 0 offset :skip;

-- name: archive_latest(size)
select p.id, p.author, p.credit, p.guest, p.date, p.html, p.parent_id, t.title, l.name as list_name,
       case when l.mask_private = 0 then 'none' when p.unmasked = 1 then 'quotes' else 'all' end as masking
  from post p join thread t on t.id = p.thread_id join list l on l.id = p.list_id
 where l.visibility = 'public'
 order by p.date desc, p.id desc limit :size + 0;

-- name: archive_latest_of(list_id, size)
select p.id, p.author, p.credit, p.guest, p.date, p.html, p.parent_id, t.title, l.name as list_name,
       case when l.mask_private = 0 then 'none' when p.unmasked = 1 then 'quotes' else 'all' end as masking
  from post p join thread t on t.id = p.thread_id join list l on l.id = p.list_id
 where p.list_id = :list_id and l.visibility = 'public'
 order by p.date desc, p.id desc limit :size + 0;
