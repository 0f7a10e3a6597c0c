-- What of these fingerprints an author (owner) or his domain (common) has ended mails with, since that time.
-- name: tail_seen(owner, common, prints, since)
select value as fingerprint, own.mails as author, every.mails as domain
  from json_each(:prints)
  left join tail own on own.owner = :owner and own.fingerprint = value and own.last >= :since
  left join tail every on every.owner = :common and every.fingerprint = value and every.last >= :since
 where own.mails is not null or every.mails is not null;

-- One mail is one sighting, whatever the number of lists it is posted to; what was long forgotten begins anew.
-- name: tail_add(owner, common, author, domain, now, since, ledger_id)!
insert into tail (owner, fingerprint, mails, last, ledger_id)
select owner, value, 1, :now, :ledger_id from (
  select :owner as owner, value from json_each(:author) union all select :common, value from json_each(:domain)) where true
on conflict (owner, fingerprint) do update
   set mails = case when last < :since then 1 else mails + 1 end, last = :now, ledger_id = :ledger_id
 where ledger_id <> excluded.ledger_id;

-- name: tail_doubt(owner, fingerprint, now, mails)*!
insert into tail (owner, fingerprint, mails, last, ledger_id) values (:owner, :fingerprint, :mails, :now, 0)
on conflict (owner, fingerprint) do update set mails = excluded.mails, last = excluded.last, ledger_id = 0;

-- name: tail_prune(owner, since, keep)!
delete from tail where owner = :owner and (last < :since or fingerprint not in
  (select fingerprint from tail where owner = :owner order by last desc, mails desc limit :keep + 0));

-- The posts of a thread that a mail may quote: those that it names as answered, and the latest. Their numbers first:
-- a thread may have thousands.
-- name: known_posts(thread_id, chain, before, size)
select p.id, p.author, p.author_id, p.text,
       (select group_concat(f.text, char(10)) from (select text from part where post_id = p.id and folded = 1
          and kind in ('signature', 'disclaimer', 'client', 'footer') order by seq) f) as around
  from post p
 where p.id in (select id from (select id from post where thread_id = :thread_id and date <= :before
                 order by date desc, id desc limit :size + 0)
  union select q.id from json_each(:chain) cross join post q on q.message_id = value where +q.thread_id = :thread_id)
 order by p.date desc, p.id desc limit 150;

-- name: part_list(post_id)
select seq, kind, text, reason, folded, quoted_id from part where post_id = :post_id order by seq;

-- name: part_unfold(post_id, seq)*!
update part set folded = 0, reason = reason || '; restored' where post_id = :post_id and seq = :seq;

-- name: post_rewrite(id, text, html)!
update post set text = :text, html = :html where id = :id;

-- name: attachment_unfold(id)*!
update attachment set folded = 0 where id = :id;

-- The address that a post's mail came from, as its header claims.
-- name: post_sender(id)^
select l.author as address from post p join ledger l on l.id = p.ledger_id where p.id = :id;
