-- name: notices_to(address, since)^
select count(*) as n from notice where address = :address and created >= :since;

-- Letters of ours to addresses that no member has, among the newest thousand.
-- name: notices_to_strangers(since)^
select count(*) as n from notice n
 where n.id > (select coalesce(max(id), 0) - 1000 from notice) and n.created >= :since
   and not exists (select 1 from address a join subscription s on s.person_id = a.person_id where a.address = n.address);

-- A mail that was read as a command and is a post: it is walked anew, as any mail, and its code says so.
-- name: ledger_post_after_all(id, now)!
update ledger set outcome = 'waiting', code = 'post', due = :now, lease_until = 0, tries = 0, ended = null
 where id = :id and outcome = 'command';

-- name: branch_unmute_thread(person_id, thread_id)!
delete from branch_mute
 where person_id = :person_id and post_id in (select id from post where thread_id = :thread_id);

-- name: subscriptions_of(person_id)
select list_id, mode from subscription where person_id = :person_id order by list_id;

-- name: choices_of(person_id, n)
select t.id, t.title, c.choice from thread_choice c join thread t on t.id = c.thread_id
 where c.person_id = :person_id order by t.last_date desc limit :n + 0;

-- name: subscriber_names(list_id, n)
select p.name, count(*) over () as number from subscription s join person p on p.id = s.person_id
 where s.list_id = :list_id order by p.name, p.id limit :n + 0;

-- name: post_to_keep(person_id, post_id)^
select p.id from post p join post at on at.id = :post_id and at.thread_id = p.thread_id
 where p.author_id = :person_id and exists (select 1 from part where part.post_id = p.id and part.folded = 1)
 order by p.id = :post_id desc, p.id desc limit 1;

-- His own post that a mail answers, else his newest of its thread.
-- name: post_own(person_id, post_id)^
select p.id from post p join post at on at.id = :post_id and at.thread_id = p.thread_id
 where p.author_id = :person_id and p.removed = 0 order by p.id = :post_id desc, p.id desc limit 1;
