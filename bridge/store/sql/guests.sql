-- since is 0 for a guest who was only copied: he gets the thread's posts from his first answer on.
-- name: guest_put(thread_id, person_id, since, told)!
insert into guest (thread_id, person_id, since, told) values (:thread_id, :person_id, :since, :told)
on conflict (thread_id, person_id) do update
   set told = max(told, excluded.told), since = case when since > 0 then since else excluded.since end;

-- name: guest_get(thread_id, person_id)^
select since, told, stopped from guest where thread_id = :thread_id and person_id = :person_id;

-- name: guest_stop(thread_id, person_id)!
insert into guest (thread_id, person_id, since, stopped) values (:thread_id, :person_id, 0, 1)
on conflict (thread_id, person_id) do update set stopped = 1;

-- Whether somebody has said stop, in any thread.
-- name: guest_stopped(person_id)^
select 1 from guest where person_id = :person_id and stopped = 1 limit 1;

-- name: guest_of_list(list_id, person_id)^
select g.thread_id from guest g join thread t on t.id = g.thread_id
 where g.person_id = :person_id and t.list_id = :list_id and g.stopped = 0 order by g.since desc limit 1;

-- name: guest_notes_to(address, since)^
select count(*) as n from notice where address = :address and kind like 'guest-%' and created >= :since;

-- name: guest_notes_by(author, since)^
select count(*) as n from notice n join ledger l on l.id = n.ledger_id
 where l.author = :author and n.kind like 'guest-%' and n.created >= :since;

-- Who may be mentioned in a thread, of those who have one of these handles, whose name begins with one of these words, or
-- of whom that is not known: who is subscribed to its list, who is its guest, who has written in it.
-- name: mention_people(list_id, thread_id, firsts, handles)
select p.id, p.name, group_concat(h.handle, ' ') as handles
  from person p left join handle h on h.person_id = p.id and h.handle in (select value from json_each(:handles))
 where p.id in (
    select id from person where first in (select value from json_each(:firsts))
     union select id from person where first is null
     union select person_id from handle where handle in (select value from json_each(:handles)))
   and (exists (select 1 from subscription where list_id = :list_id and person_id = p.id)
        or exists (select 1 from guest where thread_id = :thread_id and person_id = p.id)
        or exists (select 1 from post where thread_id = :thread_id and author_id = p.id))
 group by p.id;

-- name: mention_put(post_id, person_id)!
insert into mention (post_id, person_id) values (:post_id, :person_id) on conflict do nothing;

-- Whom posts mention who has a page: who wrote in a public list.
-- name: mention_shown(ids)
select m.post_id, p.id, p.name, (select group_concat(handle, ' ') from handle h where h.person_id = p.id) as handles
  from mention m join person p on p.id = m.person_id
 where m.post_id in (select value from json_each(:ids))
   and exists (select 1 from post w join list l on l.id = w.list_id where w.author_id = p.id and l.visibility = 'public');

-- name: copied_list(post_id)
select c.address, c.name, a.person_id from copied c left join address a on a.address = c.address
 where c.post_id = :post_id order by c.address;

-- name: relay_count(author, since)^
select count(*) as n from notice n join ledger l on l.id = n.ledger_id
 where l.author = :author and n.kind = 'relay' and n.created >= :since;

-- name: relay_done(address, message_id, author)^
select n.id from notice n join ledger l on l.id = n.ledger_id
 where n.address = :address and n.kind = 'relay' and l.message_id = :message_id and l.author = :author limit 1;

-- name: relay_of(person_id)^
select relay from person where id = :person_id;

-- name: claim_add(person_id, address, now)^
insert into address_claim (person_id, address, created) values (:person_id, :address, :now) returning id;

-- name: claim_get(id, person_id)^
select id, person_id, address, created from address_claim where id = :id and person_id = :person_id;

-- name: claim_count(person_id, since)^
select count(*) as n from address_claim where person_id = :person_id and created >= :since;

-- name: claim_drop(person_id, address)!
delete from address_claim where person_id = :person_id and address = :address;
