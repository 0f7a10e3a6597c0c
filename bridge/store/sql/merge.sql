-- Two people who are one: all that belongs to :gone becomes that of :kept. The row of :gone stays and points to him,
-- so that tokens given out to :gone go on working and its number is never given to anybody else.

-- name: merge_addresses(kept, gone)!
update address set rank = rank + 1 + (select coalesce(max(rank), 0) from address where person_id = :kept),
       person_id = :kept where person_id = :gone;

-- name: merge_handles(kept, gone)!
update handle set person_id = :kept where person_id = :gone;

-- name: merge_posts(kept, gone)!
update post set author_id = :kept,
       author = case when author = (select name from person where id = :gone)
                     then (select name from person where id = :kept) else author end
 where author_id = :gone;

-- name: merge_subscriptions(kept, gone)!
insert into subscription (list_id, person_id, mode, since)
select list_id, :kept, mode, since from subscription where person_id = :gone
on conflict (list_id, person_id) do nothing;

-- name: merge_choices(kept, gone)!
insert into thread_choice (person_id, thread_id, choice)
select :kept, thread_id, choice from thread_choice where person_id = :gone
on conflict (person_id, thread_id) do nothing;

-- name: merge_mutes(kept, gone)!
insert into branch_mute (person_id, post_id) select :kept, post_id from branch_mute where person_id = :gone
on conflict (person_id, post_id) do nothing;

-- name: merge_guests(kept, gone)!
insert into guest (thread_id, person_id, since, told, stopped)
select thread_id, :kept, since, told, stopped from guest where person_id = :gone
on conflict (thread_id, person_id) do update
   set since = max(since, excluded.since), told = max(told, excluded.told), stopped = max(stopped, excluded.stopped);

-- name: merge_mentions(kept, gone)!
insert into mention (post_id, person_id) select post_id, :kept from mention where person_id = :gone
on conflict (post_id, person_id) do nothing;

-- name: merge_moderators(kept, gone)!
insert into moderator (list_id, person_id, last_told)
select list_id, :kept, last_told from moderator where person_id = :gone
on conflict (list_id, person_id) do nothing;

-- Posts that both have a letter of.
-- name: merge_letters_of_both(kept, gone)
select k.id as kept_id, k.state as kept_state, g.id as gone_id, g.state as gone_state
  from delivery g join delivery k on k.post_id = g.post_id and k.person_id = :kept
 where g.person_id = :gone;

-- name: delivery_drop(id)!
delete from delivery where id = :id;

-- name: merge_deliveries(kept, gone)!
update delivery set person_id = :kept where person_id = :gone;

-- name: merge_digests(kept, gone)!
update digest set person_id = :kept where person_id = :gone;

-- name: merge_bounces(kept, gone)!
update bounce set person_id = :kept where person_id = :gone;

-- name: merge_claims(kept, gone)!
update address_claim set person_id = :kept where person_id = :gone;

-- name: merge_person(kept, gone)!
update person set member = max(member, (select member from person where id = :gone)) where id = :kept;

-- name: merge_point(kept, gone)!
update person set merged_into = :kept, member = 0 where id = :gone or merged_into = :gone;

-- name: merge_left_subscriptions(gone)!
delete from subscription where person_id = :gone;
-- name: merge_left_choices(gone)!
delete from thread_choice where person_id = :gone;
-- name: merge_left_mutes(gone)!
delete from branch_mute where person_id = :gone;
-- name: merge_left_guests(gone)!
delete from guest where person_id = :gone;
-- name: merge_left_mentions(gone)!
delete from mention where person_id = :gone;
-- name: merge_left_moderators(gone)!
delete from moderator where person_id = :gone;

-- One who turns out to be two: what bears :address goes to :new.
-- name: split_name(address)^
select p.author as name from post p join ledger l on l.id = p.ledger_id
 where l.author = :address group by p.author order by count(*) desc, p.author limit 1;

-- name: split_address(address, new)!
update address set person_id = :new, rank = 0 where address = :address;

-- name: split_posts(address, old, new, name)!
update post set author_id = :new, author = :name
 where author_id = :old and ledger_id in (select id from ledger where author = :address);

-- name: split_deliveries(address, old, new)!
update delivery set person_id = :new where person_id = :old and address = :address and digest_id is null;

-- name: split_subscriptions(old, new)!
insert into subscription (list_id, person_id, mode, since)
select list_id, :new, mode, since from subscription where person_id = :old;

-- name: split_guests(old, new)!
insert into guest (thread_id, person_id, since, told, stopped)
select thread_id, :new, since, told, stopped from guest g
 where person_id = :old and exists (select 1 from post p where p.thread_id = g.thread_id and p.author_id = :new);

-- name: split_bounces(address, new)!
update bounce set person_id = :new where address = :address;

-- name: split_handle(handle, old, new)!
update handle set person_id = :new where handle = :handle and person_id = :old;
