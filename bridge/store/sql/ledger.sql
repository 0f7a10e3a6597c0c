-- name: ledger_add(received, via, account, sender, recipients, raw, size)^
insert into ledger (received, via, account, sender, recipients, raw, size, due)
values (:received, :via, :account, :sender, :recipients, :raw, :size, :received) returning id;

-- name: ledger_add_all(received, mails)
-- A group of mails in one statement: after each one the writer would wait for the interpreter lock anew.
insert into ledger (received, via, account, sender, recipients, raw, size, due)
select :received, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, :received
  from json_each(:mails) where true order by key returning id;

-- name: ledger_imported(raws, recipients)
select raw from ledger
 where raw in (select value from json_each(:raws)) and via = 'import' and recipients = :recipients;

-- name: ledger_claim(now, until, n)
update ledger set lease_until = :until, tries = tries + 1 where id in
  (select id from ledger where outcome = 'waiting' and due <= :now and lease_until <= :now order by due, id limit :n + 0)
returning id, received, via, account, sender, recipients, raw, size, tries, released;

-- name: ledger_claim_one(id, until)^
update ledger set lease_until = :until, tries = tries + 1 where id = :id and outcome = 'waiting' and lease_until = 0
returning id, received, via, account, sender, recipients, raw, size, tries, released;

-- name: ledger_oldest()^
select min(due) as due from ledger where outcome = 'waiting';

-- name: ledger_waits(now)^
select 1 from ledger where outcome = 'waiting' and due <= :now and lease_until <= :now limit 1;

-- name: ledger_ahead(now, most, heavy)^
select coalesce(sum(1 + size / :heavy), 0) as weight
  from (select size from ledger where outcome = 'waiting' and due <= :now limit :most + 0);

-- What a check found stays when the mail is walked again: released by a moderator, it is checked no more.
-- name: ledger_identify(id, message_id, author, vouched)!
update ledger set message_id = :message_id, author = :author,
       vouched = case when :vouched = '' then vouched else :vouched end where id = :id;

-- name: ledger_named(id, message_id)!
update ledger set message_id = :message_id where id = :id and message_id = '';

-- name: ledger_end(id, outcome, code, reason, now, ms)!
update ledger set outcome = :outcome, code = :code, reason = :reason, ended = :now, ms = :ms, lease_until = 0
 where id = :id;

-- name: ledger_again(id, due, reason)!
update ledger set due = :due, reason = :reason, lease_until = 0 where id = :id and outcome = 'waiting';

-- name: ledger_later(id, due, reason, again)!
update ledger set due = :due, reason = :reason, tries = tries - :again, lease_until = 0
 where id = :id and outcome = 'waiting';

-- name: ledger_release(id, now)!
update ledger set outcome = 'waiting', due = :now, lease_until = 0, tries = 0, released = 1, ended = null
 where id = :id and outcome in ('held', 'parked');

-- name: ledger_rewalk_held_of(author, now)!
update ledger set outcome = 'waiting', due = :now, lease_until = 0, tries = 0, ended = null
 where outcome = 'held' and author = :author and code in ('unknown-sender', 'not-owner');

-- name: ledger_refuse(id, reason, now)!
update ledger set outcome = 'refused', code = 'moderator', reason = :reason, ended = :now
 where id = :id and outcome = 'held';

-- name: ledger_get(id)^
select id, received, via, account, sender, recipients, raw, size, message_id, author, outcome, code, reason,
       tries, released, ended, ms from ledger where id = :id;

-- name: cursor_get(account, folder)^
select uidvalidity, uid from imap_cursor where account = :account and folder = :folder;

-- name: cursor_put(account, folder, uidvalidity, uid)!
insert into imap_cursor (account, folder, uidvalidity, uid) values (:account, :folder, :uidvalidity, :uid)
on conflict (account, folder) do update set uidvalidity = excluded.uidvalidity, uid = excluded.uid;

-- name: ledger_free()!
update ledger set lease_until = 0 where outcome = 'waiting' and lease_until > 0;
