-- name: brought_has(sha256, account, recipients)^
select 1 from brought where sha256 = :sha256 and (account = :account or recipients = :recipients) limit 1;

-- name: brought_put(sha256, account, recipients)!
insert into brought (sha256, account, recipients) values (:sha256, :account, :recipients);

-- name: brought_left(id, message_id, author, code, reason, now)!
update ledger set message_id = :message_id, author = :author, outcome = 'ignored', code = :code, reason = :reason,
       ended = :now, ms = 0.0 where id = :id;
