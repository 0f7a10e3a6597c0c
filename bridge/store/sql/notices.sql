-- name: notice_recent(address, kind, since, ledger_id)^
select id from notice where address = :address and kind = :kind
   and (created >= :since or ledger_id = :ledger_id) limit 1;

-- name: notice_asked(person_id, kind)^
select max(n.created) as at from notice n join address a on a.address = n.address
 where a.person_id = :person_id and n.kind = :kind;

-- name: notice_count(address, since)^
select count(*) as n from notice where address = :address and created >= :since
   and kind not in ('moderate', 'decided');

-- name: notice_add(now, address, kind, subject, text, message_id, in_reply_to, reply_to, list_id, ledger_id)^
insert into notice (created, address, kind, subject, text, message_id, in_reply_to, reply_to, list_id, ledger_id)
values (:now, :address, :kind, :subject, :text, :message_id, :in_reply_to, :reply_to, :list_id, :ledger_id)
returning id;

-- name: notice_get(id)^
select id, created, address, kind, subject, text, message_id, in_reply_to, reply_to, list_id, ledger_id, kind from notice where id = :id;
