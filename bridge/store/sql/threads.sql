-- name: known_id_get(list_id, message_id)^
select thread_id, post_id from known_id where list_id = :list_id and message_id = :message_id;

-- name: known_id_post(list_id, message_id, thread_id, post_id)!
insert into known_id (list_id, message_id, thread_id, post_id)
values (:list_id, :message_id, :thread_id, :post_id)
on conflict (list_id, message_id) do update set thread_id = excluded.thread_id, post_id = excluded.post_id;

-- name: known_id_ghost(list_id, message_id, thread_id)!
insert into known_id (list_id, message_id, thread_id, post_id) values (:list_id, :message_id, :thread_id, null)
on conflict (list_id, message_id) do nothing;

-- name: known_id_move_post(post_id, thread_id)!
update known_id set thread_id = :thread_id
 where (list_id, message_id) = (select list_id, message_id from post where id = :post_id) and post_id = :post_id;

-- name: known_id_move_thread(old, new)!
update known_id set thread_id = :new where thread_id = :old;

-- name: reference_add(list_id, message_id, post_id, nearness)!
insert into post_reference (list_id, message_id, post_id, nearness)
values (:list_id, :message_id, :post_id, :nearness) on conflict do nothing;

-- Posts that name this id in their chain, and how near the parent is that they have now (null: none).
-- name: reference_waiting(list_id, message_id)
select r.post_id, r.nearness, p.thread_id, p.parent_id,
       (select min(o.nearness) from post_reference o join known_id k
           on k.list_id = o.list_id and k.message_id = o.message_id
         where o.post_id = p.id and k.post_id = p.parent_id) as parent_nearness
  from post_reference r join post p on p.id = r.post_id
 where r.list_id = :list_id and r.message_id = :message_id and p.placed_by in ('reference', 'new', 'orphan', 'subject')
 order by r.post_id;

-- name: thread_add(list_id, title, subject_key, date)^
insert into thread (list_id, title, subject_key, first_date, last_date, posts)
values (:list_id, :title, :subject_key, :date, :date, 0) returning id;

-- name: thread_drop(id)!
delete from thread where id = :id;

-- name: thread_refresh(id)!
update thread set posts = (select count(*) from post where thread_id = :id),
  first_date = (select min(date) from post where thread_id = :id),
  last_date = (select max(date) from post where thread_id = :id)
 where id = :id;

-- name: thread_grow(id, date)!
update thread set posts = posts + 1, first_date = min(first_date, :date), last_date = max(last_date, :date)
 where id = :id;

-- name: thread_size(id)^
select count(*) as posts from post where thread_id = :id;

-- The post that gives a thread its title: the earliest of those without a parent.
-- name: thread_head(id)^
select id, list_id, subject, date from post where thread_id = :id and parent_id is null order by date, id limit 1;

-- name: thread_get(id)^
select id, list_id, title, posts from thread where id = :id;

-- name: thread_name(id, title, subject_key)!
update thread set title = :title, subject_key = :subject_key where id = :id;

-- Threads of that subject in which a person took part: wrote, was copied, or was sent a letter.
-- name: thread_by_subject(list_id, subject_key, since, person_id)^
select t.id, (select p.id from post p where p.thread_id = t.id and p.parent_id is null order by p.date, p.id limit 1)
       as head
  from thread t
 where t.list_id = :list_id and t.subject_key = :subject_key and t.last_date >= :since
   and exists (select 1 from post p where p.thread_id = t.id and (p.author_id = :person_id
         or exists (select 1 from delivery d where d.post_id = p.id and d.person_id = :person_id)
         or exists (select 1 from copied c join address a on a.address = c.address
                     where c.post_id = p.id and a.person_id = :person_id)))
 order by t.last_date desc limit 1;

-- Answers of that subject that came before what they answer, and named no id. They are few and have an index of their
-- own: a search among all posts without a parent, or all threads of the subject, would grow with the archive.
-- name: thread_orphans(list_id, subject_key, since, until)
select p.id, p.thread_id from post p indexed by post_orphan cross join thread t on t.id = p.thread_id
 where p.list_id = :list_id and p.placed_by = 'orphan' and p.date between :since and :until
   and p.parent_id is null and t.subject_key = :subject_key order by p.id;

-- name: post_parent(id)^
select parent_id, thread_id, placed_by from post where id = :id;

-- name: post_children(id)
select id from post where parent_id = :id;

-- name: post_hang(id, parent_id, placed_by)!
update post set parent_id = :parent_id, placed_by = :placed_by where id = :id;

-- name: post_move(id, thread_id)!
update post set thread_id = :thread_id where id = :id;
