-- name: digest_people(now, after, n)
-- Whose posts wait to be collected and are due.
select distinct person_id from delivery where state = 'digest' and due <= :now and person_id > :after
 order by person_id limit :n + 0;

-- name: digest_rows(person_id, now, n)
-- What is due for a person, oldest first, with what he has chosen since.
select d.id, d.post_id, d.list_id, d.reason, d.created, p.thread_id, p.author_id,
       case when c.choice in ('daily', 'weekly', 'mentions') and s.mode is not null then c.choice else s.mode end as mode,
       coalesce(c.choice = 'mute', 0) as muted
  from delivery d join post p on p.id = d.post_id
  left join subscription s on s.list_id = d.list_id and s.person_id = d.person_id
  left join thread_choice c on c.person_id = d.person_id and c.thread_id = p.thread_id
 where d.person_id = :person_id and d.state = 'digest' and d.due <= :now
 order by d.created, d.id limit :n + 0;

-- name: digest_branch_muted(person_id, post_id)^
-- Does the post lie in a branch that the person mutes?
with recursive above (id) as (
  select :post_id union select p.parent_id from post p join above on p.id = above.id where p.parent_id is not null)
select 1 from branch_mute where person_id = :person_id and post_id in (select id from above) limit 1;

-- name: digest_mutes(person_id)^
select 1 from branch_mute where person_id = :person_id limit 1;

-- name: digest_leave_out(id, now)*!
update delivery set state = 'cancelled', updated = :now where id = :id and state = 'digest';

-- name: digest_put_off(person_id, now, due)!
update delivery set due = :due, updated = :now where person_id = :person_id and state = 'digest' and due <= :now;

-- name: digest_add(person_id, now)^
insert into digest (person_id, created, message_id) values (:person_id, :now, '') returning id;

-- name: digest_name(id, message_id)!
update digest set message_id = :message_id where id = :id;

-- name: digest_hold(id, digest_id, now)*!
-- These posts stand in that digest.
update delivery set state = 'digested', digest_id = :digest_id, updated = :now where id = :id and state = 'digest';

-- name: digest_carry(digest_id, person_id, list_id, address, due, now)!
-- The one delivery that carries a digest; its list where all its posts are of one.
insert into delivery (digest_id, person_id, list_id, address, reason, due, created, updated)
values (:digest_id, :person_id, :list_id, :address, 'digest', :due, :now, :now);

-- name: digest_get(id)^
select id, person_id, created, message_id from digest where id = :id;

-- name: digest_before(id, person_id)^
select max(created) as created from digest where person_id = :person_id and id < :id;

-- name: digest_posts(digest_id)
-- The posts of a digest, with their threads as they are now.
select p.id, p.list_id, p.thread_id, p.author_id, p.author, p.guest, p.credit, p.date, p.text, p.received,
       t.title, t.posts, t.last_date, parent.author as parent_author, parent.text as parent_text,
       (select count(*) from attachment a where a.post_id = p.id and a.folded = 0) as attachments, d.reason
  from delivery d join post p on p.id = d.post_id join thread t on t.id = p.thread_id
  left join post parent on parent.id = p.parent_id
 where d.digest_id = :digest_id and d.state = 'digested' order by p.date, p.id;

-- name: digest_preview(person_id)
-- What is collected for a person, due or not, in the same columns.
select p.id, p.list_id, p.thread_id, p.author_id, p.author, p.guest, p.credit, p.date, p.text, p.received,
       t.title, t.posts, t.last_date, parent.author as parent_author, parent.text as parent_text,
       (select count(*) from attachment a where a.post_id = p.id and a.folded = 0) as attachments, d.reason
  from delivery d join post p on p.id = d.post_id join thread t on t.id = p.thread_id
  left join post parent on parent.id = p.parent_id
 where d.person_id = :person_id and d.state = 'digest' order by p.date, p.id;

-- name: digest_waiting()
-- Who has posts waiting for a digest: how many, of how many threads, and when the first are due.
select d.person_id, r.name, (select address from address a where a.person_id = r.id order by rank limit 1) as address,
       min(d.due) as due, count(*) as posts, count(distinct p.thread_id) as threads
  from delivery d join person r on r.id = d.person_id join post p on p.id = d.post_id
 where d.state = 'digest' group by d.person_id order by min(d.due), d.person_id;

-- name: digest_lists(digest_id)
select distinct list_id from delivery where digest_id = :digest_id and post_id is not null order by list_id;

-- name: digest_address(person_id)^
select address, state from address where person_id = :person_id order by rank, address limit 1;

-- name: ledger_readdress(id, recipients, now)!
-- A held mail whose sender has said where it belongs is walked again as if it had been sent there.
update ledger set recipients = :recipients, outcome = 'waiting', due = :now, lease_until = 0, tries = 0, ended = null
 where id = :id and outcome = 'held' and code = 'which-thread';

-- name: digest_last_post(thread_id, received)^
-- The newest post of a thread when a mail came in.
select id from post where thread_id = :thread_id and received <= :received order by date desc, id desc limit 1;

-- name: digest_question(ledger_id, kind)^
select text from notice where ledger_id = :ledger_id and kind = :kind limit 1;

-- name: digest_asked(message_id, id)^
-- Has this mail come in before, and been asked about or posted?
select id from ledger where message_id = :message_id and message_id <> '' and id < :id
   and (code = 'which-thread' or outcome = 'posted') limit 1;
