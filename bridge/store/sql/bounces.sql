-- name: delivery_bounced(id, answer, now)!
update delivery set state = 'failed', answer = :answer, updated = :now where id = :id and state in ('sent', 'failed');

-- name: bounce_letter(id)^
select d.id, d.person_id, d.list_id, d.address, d.created, d.answer, n.kind
  from delivery d left join notice n on n.id = d.notice_id where d.id = :id;

-- name: bounce_unscored(since, n)
select d.id, d.person_id, d.list_id, d.address, d.created, d.answer, n.kind
  from delivery d left join notice n on n.id = d.notice_id
 where d.state = 'failed' and d.updated >= :since and not exists (select 1 from bounce b where b.delivery_id = d.id)
 order by d.updated limit :n + 0;

-- name: bounce_of(delivery_id)^
select id from bounce where delivery_id = :delivery_id limit 1;

-- name: bounce_add(at, delivery_id, person_id, address, cause, status, score, answer, ledger_id)!
insert into bounce (at, delivery_id, person_id, address, cause, status, score, answer, ledger_id)
values (:at, :delivery_id, :person_id, :address, :cause, :status, :score, :answer, :ledger_id);

-- What a mail that was passed on to one person alone was, and who sent it.
-- name: bounce_relayed(id)^
select n.id, n.subject, n.list_id, l.author from delivery d
  join notice n on n.id = d.notice_id join ledger l on l.id = n.ledger_id
 where d.id = :id;

-- name: standing_get(address)^
select state, score, scored, probe_at from address where address = :address;

-- name: standing_put(address, state, score, scored, probe_at)!
update address set state = :state, score = :score, scored = :scored, probe_at = :probe_at where address = :address;

-- name: standing_due(now, n)
select address, person_id from address where probe_at <= :now order by probe_at limit :n + 0;

-- name: bounce_lists(person_id)
select list_id from subscription where person_id = :person_id and mode <> 'none' order by list_id;
