-- name: health_mails_stuck(before)^
select 1 from ledger where outcome = 'waiting' and due <= :before limit 1;

-- name: health_letters_stuck(before)^
-- Never tried though due, or tried only with a relay that could not be reached.
select 1 from delivery
 where state = 'waiting' and attempts = 0 and created <= :before and (due <= :before or answer <> '') limit 1;

-- name: health_mails_age()^
select min(received) as first from ledger where outcome = 'waiting';

-- name: health_letters_age(now)^
-- What no relay could be reached for has a later time, and waits all the same.
select min(created) as first from delivery
 where state = 'waiting' and (due <= :now or (attempts = 0 and answer <> ''));

-- name: health_week(since)^
select (select count(*) from delivery where updated >= :since and state in ('sent', 'failed')) as letters,
       (select count(*) from bounce where at >= :since) as bounces;

-- name: health_imap(prefix)
select key, value, (select max(received) from ledger where via = 'imap' and account = substr(key, length(:prefix) + 1)) as last
  from setting where substr(key, 1, length(:prefix)) = :prefix order by key;

-- name: health_reasons(since)
select outcome, code, count(*) as n from ledger where received >= :since and code <> ''
 group by outcome, code order by n desc, outcome, code limit 50;

-- name: health_imap_forget(prefix)!
delete from setting where substr(key, 1, length(:prefix)) = :prefix;
