-- name: report_ledger(after, outcome, n)
select ledger.id, received, via, account, sender, recipients, size, message_id, author, outcome, code, reason, tries,
       released, ended, ms, raw is not null as kept,
       (select json_group_array(id) from (select id from post where ledger_id = ledger.id order by id)) as posts
  from ledger where ledger.id > :after and (:outcome = '' or outcome = :outcome) order by ledger.id limit :n + 0;

-- name: report_ledger_last(outcome, n)^
select min(id) as first from
  (select id from ledger where :outcome = '' or outcome = :outcome order by id desc limit :n + 0);

-- name: report_mails_of(message_id)
select id from ledger where message_id = :message_id order by id;

-- name: report_unread(n)
select id from ledger where outcome = 'waiting' and message_id = '' order by id desc limit :n + 0;

-- name: report_posts_of(message_id)
select id from post where message_id = :message_id order by id;

-- name: report_notices_by(message_id)
select id from notice where message_id = :message_id order by id;

-- name: report_post(id)^
select post.id, post.parent_id, post.thread_id, post.author, post.guest, post.credit, post.subject, post.date,
       post.message_id, post.origin, post.placed_by, post.text, post.ledger_id, list.name as list,
       thread.title, parent.author as parent_author
  from post join list on list.id = post.list_id join thread on thread.id = post.thread_id
       left join post as parent on parent.id = post.parent_id
 where post.id = :id;

-- name: report_posts_from(ledger_id)
select id from post where ledger_id = :ledger_id order by id;

-- name: report_parts(post_id)
select kind, text, reason, folded from part where post_id = :post_id order by seq;

-- name: report_attachments(post_id)
select name, type, size, sha256, inline, folded from attachment where post_id = :post_id order by seq;

-- name: report_copied(post_id)
select name, address from copied where post_id = :post_id order by name, address;

-- name: report_deliveries(post_id)
select delivery.id, coalesce(person.name, '') as name, delivery.address, reason, state, due, attempts, answer,
       delivery.created, updated
  from delivery left join person on person.id = delivery.person_id
 where post_id = :post_id order by delivery.id;

-- name: report_notices(ledger_id)
select notice.id, notice.address, notice.kind, notice.subject, delivery.state, delivery.due, delivery.attempts,
       delivery.answer, delivery.created, delivery.updated
  from notice left join delivery on delivery.notice_id = notice.id
 where notice.ledger_id = :ledger_id order by notice.id;

-- name: report_notice(id)^
select notice.id, notice.address, notice.kind, notice.subject, notice.ledger_id, delivery.state, delivery.due,
       delivery.attempts, delivery.answer, delivery.created, delivery.updated
  from notice left join delivery on delivery.notice_id = notice.id where notice.id = :id;

-- name: report_export(after, list, thread, n)
select post.id, post.thread_id, post.parent_id, post.author, post.guest, post.credit, post.subject, post.date,
       post.message_id, post.origin, post.ledger_id, post.text, post.html, list.name as list,
       list.address as list_address, thread.title, parent.message_id as parent_message_id,
       coalesce(nullif(ledger.author, ''), (select address from address where person_id = post.author_id
                order by rank, address limit 1), '') as address
  from post join list on list.id = post.list_id join thread on thread.id = post.thread_id
       left join post as parent on parent.id = post.parent_id left join ledger on ledger.id = post.ledger_id
 where post.id > :after and (:list = '' or list.name = :list) and (:thread = 0 or post.thread_id = :thread)
 order by post.id limit :n + 0;

-- name: report_export_size(list, thread)^
select count(*) as n from post join list on list.id = post.list_id
 where (:list = '' or list.name = :list) and (:thread = 0 or post.thread_id = :thread);

-- name: report_raws(after, list, thread, n)
select ledger.id from ledger where ledger.id > :after and raw is not null and ((:list = '' and :thread = 0) or exists
  (select 1 from post join list on list.id = post.list_id where post.ledger_id = ledger.id
      and (:list = '' or list.name = :list) and (:thread = 0 or post.thread_id = :thread)))
 order by ledger.id limit :n + 0;

-- name: report_queue(state, n)
select delivery.id, delivery.address, coalesce(person.name, '') as name, delivery.reason, delivery.state,
       delivery.due, delivery.attempts, delivery.answer, delivery.post_id, delivery.notice_id, delivery.created,
       delivery.updated, coalesce(post.subject, notice.subject, delivery.reason) as subject, coalesce(list.name, '') as list
  from delivery left join post on post.id = delivery.post_id left join notice on notice.id = delivery.notice_id
       left join person on person.id = delivery.person_id left join list on list.id = delivery.list_id
 where (:state = '' and delivery.state in ('waiting', 'failed')) or delivery.state = :state
 order by delivery.state desc, delivery.due, delivery.id limit :n + 0;

-- name: report_lists()
select list.name, list.address, list.title, list.who_can_post, list.visibility, list.guests,
       (select count(*) from thread where list_id = list.id) as threads,
       (select count(*) from post where list_id = list.id) as posts,
       (select count(*) from subscription where list_id = list.id) as subscribers,
       (select max(date) from post where list_id = list.id) as last_post
  from list order by list.id;

-- name: report_outcomes(since)
select outcome, count(*) as n, sum(received > :since) as lately from ledger group by outcome order by n desc;

-- name: report_states()
select state, count(*) as n, min(case when state = 'waiting' then due end) as next from delivery group by state order by state;

-- name: report_sizes()^
select (select count(*) from blob) as blobs, (select coalesce(sum(length(content)), 0) from blob) as blob_bytes,
       (select count(*) from person where member = 1) as members,
       (select count(*) from person where member = 0 and merged_into is null) as guests,
       (select page_count * page_size from pragma_page_count(), pragma_page_size()) as database_bytes;

-- name: report_subscriptions(person_id)
select list.name, subscription.mode from subscription join list on list.id = subscription.list_id
 where person_id = :person_id order by list.id;

-- name: report_people(after, n)
select id, name from person where id > :after and member = 1 order by id limit :n + 0;

-- name: report_answers(post_id)
select id from post where parent_id = :post_id order by id;
