-- name: held_put(ledger_id, list_id, at, code, reason, name, subject, text, safe)!
insert into held (ledger_id, list_id, at, code, reason, name, subject, text, safe)
values (:ledger_id, :list_id, :at, :code, :reason, :name, :subject, :text, :safe)
on conflict (ledger_id, list_id) do update set at = excluded.at, code = excluded.code, reason = excluded.reason,
  name = excluded.name, subject = excluded.subject, text = excluded.text, safe = excluded.safe;

-- name: held_untold(list_id, n)
select h.ledger_id, h.list_id, h.at, h.code, h.reason, h.name, l.author, h.subject, h.text, h.safe, h.told, l.received,
       l.message_id
  from held h join ledger l on l.id = h.ledger_id
 where h.list_id = :list_id and h.told is null and l.outcome = 'held' order by h.at, h.ledger_id limit :n + 0;

-- name: held_told(ledger_id, list_id, now)!
update held set told = :now where ledger_id = :ledger_id and list_id = :list_id;

-- name: moderators_told(list_id, now)!
update moderator set last_told = :now where list_id = :list_id;

-- name: held_of(ledger_id)
select h.ledger_id, h.list_id, h.at, h.code, h.reason, h.name, l.author, h.subject, h.text, h.safe, h.told, l.received,
       l.message_id
  from held h join ledger l on l.id = h.ledger_id where h.ledger_id = :ledger_id order by h.list_id;

-- name: decision_put(ledger_id, verdict, name, now)!
insert into decision (ledger_id, verdict, name, at) values (:ledger_id, :verdict, :name, :now)
on conflict (ledger_id) do update set verdict = excluded.verdict, name = excluded.name, at = excluded.at;

-- name: decision_get(ledger_id)^
select verdict, name, at from decision where ledger_id = :ledger_id;

-- name: author_habits(list_id, author_id, thread_id, text, hour, day, enough, latest)^
-- Mails of an archive do not count: they came in at once, but were written long ago.
select exists (select 1 from voice where author_id = :author_id and list_id = :list_id) as posted,
       (select count(*) from (
         select 1 from post p left join ledger l on l.id = p.ledger_id
          where p.author_id = :author_id and p.list_id = :list_id and p.received > :hour
            and coalesce(l.via, '') <> 'import' limit :enough + 0)) as hourly,
       -- Only an answer to an answer of somebody else, or one that has lost its references, may be a robot's turn in a
       -- loop: who sends many equal mails to a thread, as tests and reports do, answers nobody by that. The cross joins
       -- keep the order: else all that the author wrote within the day is gone through.
       (select count(*)
          from (select id from post where thread_id = :thread_id order by date desc limit :latest + 0) late
          cross join post p on p.id = late.id cross join post q on q.id = p.parent_id
         where p.author_id = :author_id and p.received > :day and p.text = :text
           and q.author_id <> :author_id and (q.parent_id is not null or p.placed_by = 'subject')) as repeats;

-- name: held_lists(ledger_id)
select list.name as list, held.subject from held join list on list.id = held.list_id
 where held.ledger_id = :ledger_id order by list.id;

-- name: held_forget(before)!
-- Once it is decided, what the moderators were shown goes when the raw mail does.
delete from held where ledger_id in (
  select id from ledger where outcome not in ('waiting', 'held', 'parked') and received < :before);
