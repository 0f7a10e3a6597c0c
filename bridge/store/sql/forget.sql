-- What is left of somebody who was forgotten: posts under no name, and numbers that tokens were bound to.
-- people and addresses are JSON lists: his number and those that were merged into it, and all his addresses.

-- name: forget_people(id)
select id from person where id = :id or merged_into = :id;

-- name: forget_addresses(people)
select address from address where person_id in (select value from json_each(:people));

-- name: forget_mails(people, addresses)
select id from ledger where author in (select value from json_each(:addresses))
    or sender in (select value from json_each(:addresses))
    or id in (select ledger_id from post where author_id in (select value from json_each(:people)));

-- name: forget_threads(people)
select distinct thread_id from post where author_id in (select value from json_each(:people));

-- name: forget_digest_letters(people)!
delete from delivery where digest_id in
  (select id from digest where person_id in (select value from json_each(:people)));

-- name: forget_letters(people, addresses)!
delete from delivery where person_id in (select value from json_each(:people))
    or address in (select value from json_each(:addresses))
    or notice_id in (select id from notice where address in (select value from json_each(:addresses)));

-- name: forget_digests(people)!
delete from digest where person_id in (select value from json_each(:people));

-- name: forget_notices(addresses)!
delete from notice where address in (select value from json_each(:addresses));

-- Letters to others about his mails, such as to moderators.
-- name: forget_told(mails, now)!
update delivery set state = 'cancelled', updated = :now where state = 'waiting' and notice_id in
  (select id from notice where ledger_id in (select value from json_each(:mails)));

-- name: forget_told_words(mails)!
update notice set subject = '(removed)', text = '', reply_to = ''
 where ledger_id in (select value from json_each(:mails));

-- name: forget_bounces(people, addresses)!
delete from bounce where person_id in (select value from json_each(:people))
    or address in (select value from json_each(:addresses));

-- name: forget_claims(people, addresses)!
delete from address_claim where person_id in (select value from json_each(:people))
    or address in (select value from json_each(:addresses));

-- name: forget_subscriptions(people)!
delete from subscription where person_id in (select value from json_each(:people));

-- name: forget_choices(people)!
delete from thread_choice where person_id in (select value from json_each(:people));

-- name: forget_mutes(people)!
delete from branch_mute where person_id in (select value from json_each(:people));

-- name: forget_guests(people)!
delete from guest where person_id in (select value from json_each(:people));

-- name: forget_mentions(people)!
delete from mention where person_id in (select value from json_each(:people));

-- name: forget_moderators(people)!
delete from moderator where person_id in (select value from json_each(:people));

-- name: forget_handles(people)!
delete from handle where person_id in (select value from json_each(:people));

-- name: forget_copied(addresses)!
delete from copied where address in (select value from json_each(:addresses));

-- name: forget_tails(addresses)!
delete from tail where owner in (select 'author:' || value from json_each(:addresses));

-- name: forget_address(people)!
delete from address where person_id in (select value from json_each(:people));

-- name: forget_decisions(name)!
update decision set name = 'a former member' where name = :name;

-- name: forget_held(mails)!
delete from held where ledger_id in (select value from json_each(:mails));

-- name: forget_ledger(mails, now)!
update ledger set sender = '', author = '', recipients = '[]', reason = '', vouched = '', raw = null,
       account = case when via = 'imap' then account else '' end,
       message_id = case when exists (select 1 from post where ledger_id = ledger.id) then message_id else '' end,
       ended = coalesce(ended, :now),
       outcome = case when outcome in ('held', 'parked', 'waiting') then 'ignored' else outcome end,
       code = case when outcome in ('held', 'parked', 'waiting') then 'forgotten' else code end
 where id in (select value from json_each(:mails));

-- name: forget_person(people, name)!
update person set name = :name, first = first_word(:name), member = 0, own_posts = 0, timezone = '', hour = null,
       weekday = 0, quiet_from = null, quiet_to = null, away_until = null, relay = 0, language = '', forgotten = 1
 where id in (select value from json_each(:people));

-- name: forget_author(people, name)!
update post set author = :name where author_id in (select value from json_each(:people));

-- name: forget_credit(credit, name)!
update post set credit = :name where credit = :credit;

-- What was folded of his mails: signatures, and the pictures in them.
-- name: forget_folded(people)!
delete from part where folded = 1
   and post_id in (select id from post where author_id in (select value from json_each(:people)));

-- name: forget_logos(people)!
delete from attachment where folded = 1
   and post_id in (select id from post where author_id in (select value from json_each(:people)));

-- name: remove_posts(people)!
update post set text = '(removed)', html = '<p>(removed)</p>', subject = '', credit = '', removed = 1, unmasked = 0
 where author_id in (select value from json_each(:people));

-- name: remove_parts(people)!
delete from part where post_id in (select id from post where author_id in (select value from json_each(:people)));

-- name: remove_attachments(people)!
delete from attachment
 where post_id in (select id from post where author_id in (select value from json_each(:people)));

-- name: remove_copied(people)!
delete from copied where post_id in (select id from post where author_id in (select value from json_each(:people)));

-- name: remove_mentions(people)!
delete from mention where post_id in (select id from post where author_id in (select value from json_each(:people)));

-- name: remove_letters(people, now)!
update delivery set state = 'cancelled', updated = :now where state in ('waiting', 'digest')
   and post_id in (select id from post where author_id in (select value from json_each(:people)));

-- What others quoted in the same threads, and their raw mails.
-- name: remove_quotes(threads)!
update part set text = '(removed)', reason = '' where folded = 1 and kind in ('quote', 'forward-header')
   and post_id in (select id from post where thread_id in (select value from json_each(:threads)));

-- name: remove_raws(threads)!
update ledger set raw = null where outcome not in ('waiting', 'held', 'parked') and id in
  (select ledger_id from post where thread_id in (select value from json_each(:threads)));

-- The subject that others have given a thread since, if anybody has.
-- name: remove_title(thread_id)^
select subject from post where thread_id = :thread_id and removed = 0 order by date, id limit 1;

-- name: forget_raw(ids)!
update ledger set raw = null where id in (select value from json_each(:ids));

-- name: forget_raws(after, n)
select id, raw from ledger where id > :after and raw is not null and outcome not in ('waiting', 'held')
 order by id limit :n + 0;

-- Letters to a forgotten address that are not on their way any more: the last one told him that he is.
-- name: forget_last_letters(addresses)!
delete from delivery where state <> 'waiting' and address in (select value from json_each(:addresses));

-- name: forget_last_notices(addresses)!
delete from notice where address in (select value from json_each(:addresses))
   and id not in (select notice_id from delivery where notice_id is not null);

-- name: forget_letters_left(addresses)^
select count(*) as n from notice where address in (select value from json_each(:addresses));

-- name: setting_drop(key)!
delete from setting where key = :key;

-- name: post_unmask(id, unmasked)!
update post set unmasked = :unmasked where id = :id and removed = 0;
