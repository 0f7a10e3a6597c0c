-- name: queue_add_post(post_id, list_id, planned, now)!
-- A post is told to a person once, however often its mail is walked. One statement for all of them: a row that Python
-- hands over by itself would wait for the interpreter lock each time.
insert into delivery (post_id, list_id, person_id, address, reason, state, due, created, updated)
select :post_id, :list_id, value->>0, value->>1, value->>2, value->>3, value->>4, :now, :now
  from json_each(:planned) where true
on conflict do nothing;

-- name: queue_add_notice(notice_id, person_id, address, due, now)!
insert into delivery (notice_id, person_id, address, reason, due, created, updated)
select :notice_id, :person_id, :address, 'notice', :due, :now, :now
where not exists (select 1 from delivery where notice_id = :notice_id);

-- name: queue_claim(now, until, n)
update delivery set lease_until = :until where id in
  (select id from delivery where state = 'waiting' and due <= :now and lease_until <= :now order by due, id limit :n + 0)
returning id, post_id, notice_id, person_id, list_id, address, attempts, created, digest_id,
          coalesce((select language from person where id = delivery.person_id), '');

-- name: queue_record(results, now)!
-- 'sent' is a fact and overrules all else; any other result is for a letter that still waits.
update delivery set state = r.state, answer = coalesce(nullif(r.answer, ''), delivery.answer), due = r.due,
       attempts = attempts + r.counted, lease_until = 0, updated = :now
  from (select value->>0 as id, value->>1 as state, value->>2 as answer, value->>3 as due, value->>4 as counted
          from json_each(:results)) as r
 where delivery.id = r.id and (delivery.state = 'waiting' or (r.state = 'sent' and delivery.state <> 'sent'));

-- name: queue_taken(id, created, answer, now)*!
update delivery set state = 'sent', answer = :answer, attempts = attempts + 1, lease_until = 0, updated = :now
 where id = :id and created = :created and state <> 'sent';

-- name: queue_release_all()!
update delivery set lease_until = 0 where state = 'waiting' and lease_until > 0;

-- What waits for a person, of a list or (null) of all: posts, in digests too, and digests that are made.
-- name: queue_cancel(person_id, list_id, now)!
update delivery set state = 'cancelled', updated = :now
 where id in (
   select d.id from pending cross join delivery d on d.post_id = pending.post_id and d.person_id = :person_id
    where d.state in ('waiting', 'digest')
    union all
   select id from delivery
    where person_id = :person_id and state = 'waiting' and post_id is null and notice_id is null)
   and (list_id = :list_id or :list_id is null);

-- name: queue_next_due()^
select min(due) as due from delivery where state = 'waiting';

-- name: queue_counts()
select state, count(*) as n from delivery group by state;

-- name: queue_listing(state, n)
select delivery.id, delivery.post_id, delivery.notice_id, delivery.person_id, delivery.list_id, delivery.address,
       delivery.reason, delivery.state, delivery.due, delivery.attempts, delivery.answer, delivery.created,
       delivery.updated, coalesce(post.message_id, notice.message_id, digest.message_id) as message_id,
       coalesce(post.subject, notice.subject, case when digest.id then 'digest' end) as subject
  from delivery left join post on post.id = delivery.post_id left join notice on notice.id = delivery.notice_id
       left join digest on digest.id = delivery.digest_id
 where delivery.state = :state order by delivery.due, delivery.id limit :n + 0;
