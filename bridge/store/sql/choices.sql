-- name: preferences_get(person_id)^
select timezone, hour, weekday, quiet_from, quiet_to, away_until, own_posts, relay, language
  from person where id = :person_id;

-- name: preferences_put(person_id, timezone, hour, weekday, quiet_from, quiet_to, away_until, own_posts, relay, language)!
update person set timezone = :timezone, hour = :hour, weekday = :weekday, quiet_from = :quiet_from,
       quiet_to = :quiet_to, away_until = :away_until, own_posts = :own_posts, relay = :relay, language = :language
 where id = :person_id;

-- name: person_speak(person_id, language)!
update person set language = :language where id = :person_id and language <> :language;

-- name: thread_choice_put(person_id, thread_id, choice)!
insert into thread_choice (person_id, thread_id, choice) values (:person_id, :thread_id, :choice)
on conflict (person_id, thread_id) do update set choice = excluded.choice;

-- name: thread_choice_drop(person_id, thread_id)!
delete from thread_choice where person_id = :person_id and thread_id = :thread_id;

-- name: thread_choice_get(person_id, thread_id)^
select choice from thread_choice where person_id = :person_id and thread_id = :thread_id;

-- Two threads that turn out to be one: what somebody chose for the one that stays holds.
-- name: thread_choice_move(old, new)!
insert into thread_choice (person_id, thread_id, choice)
select person_id, :new, choice from thread_choice where thread_id = :old
on conflict (person_id, thread_id) do nothing;

-- name: thread_choice_forget(thread_id)!
delete from thread_choice where thread_id = :thread_id;

-- Who said stop in either has said it.
-- name: guest_move(old, new)!
insert into guest (thread_id, person_id, since, told, stopped)
select :new, person_id, since, told, stopped from guest where thread_id = :old
on conflict (thread_id, person_id) do update
  set told = max(guest.told, excluded.told), stopped = max(guest.stopped, excluded.stopped),
      since = max(guest.since, excluded.since);

-- name: guest_forget(thread_id)!
delete from guest where thread_id = :thread_id;

-- name: guest_stop_list(person_id, list_id)!
update guest set stopped = 1
 where person_id = :person_id and thread_id in (select id from thread where list_id = :list_id);

-- name: branch_mute_put(person_id, post_id)!
insert into branch_mute (person_id, post_id) values (:person_id, :post_id) on conflict do nothing;

-- name: branch_mute_drop(person_id, post_id)!
delete from branch_mute where person_id = :person_id and post_id = :post_id;

-- Posts that wait for a person, with the mode of their thread; `free` says that no sender has the letter in hand or
-- has tried it. What he was told because he followed the thread has another reason where he does no more.
-- name: queue_of_person(person_id, now)
select d.id, d.state, d.due,
       case when d.reason <> 'followed' or c.choice = 'follow' then d.reason
            when exists (select 1 from mention m where m.post_id = d.post_id and m.person_id = d.person_id)
            then 'mentioned' else 'subscribed' end as reason,
       case when s.mode is null or c.choice is null then s.mode
            when c.choice = 'follow' then 'each' when c.choice = 'mute' then 'none' else c.choice end as mode,
       d.state = 'digest' or (d.lease_until <= :now and d.attempts = 0) as free
  from pending cross join delivery d on d.post_id = pending.post_id and d.person_id = :person_id
  join post p on p.id = d.post_id
  left join subscription s on s.list_id = d.list_id and s.person_id = d.person_id
  left join thread_choice c on c.person_id = d.person_id and c.thread_id = p.thread_id
 where d.state in ('waiting', 'digest');

-- name: queue_in_quiet(before, now)
-- Letters about to be sent to people who have quiet hours: only tries put off by a relay come so far.
select d.id, d.due, p.timezone, p.quiet_from, p.quiet_to
  from pending cross join person p
  cross join delivery d on d.post_id = pending.post_id and d.person_id = p.id
 where p.quiet_to is not null and d.state = 'waiting' and d.due <= :before and d.lease_until <= :now
 union all
select d.id, d.due, p.timezone, p.quiet_from, p.quiet_to
  from person p cross join delivery d on d.person_id = p.id
 where p.quiet_to is not null and d.state = 'waiting' and d.post_id is null and d.notice_id is null and d.due <= :before
   and d.lease_until <= :now;

-- name: queue_move(id, state, due, now)*!
update delivery set state = :state, due = :due, updated = :now
 where id = :id and state in ('waiting', 'digest') and (lease_until <= :now or :state = 'cancelled');

-- name: queue_cancel_thread(person_id, thread_id, now)!
update delivery set state = 'cancelled', updated = :now
 where person_id = :person_id and state in ('waiting', 'digest')
   and post_id in (select id from post where thread_id = :thread_id);

-- name: queue_cancel_branch(person_id, post_id, now)!
with recursive branch (id) as (
  select :post_id union select p.id from post p join branch on p.parent_id = branch.id)
update delivery set state = 'cancelled', updated = :now
 where person_id = :person_id and state in ('waiting', 'digest') and post_id in (select id from branch);

-- The digests that wait for somebody: of that list alone, or all where no list is left that he wants to hear of.
-- name: queue_cancel_digests(person_id, list_id, now)!
update delivery set state = 'cancelled', updated = :now
 where person_id = :person_id and state = 'waiting' and digest_id is not null and post_id is null
   and (list_id = :list_id
        or not exists (select 1 from subscription s where s.person_id = :person_id and s.mode <> 'none'));

-- Everyone who may hear of a post: who is subscribed to its list, and the guests of its thread. The branches that
-- hold a post are those of itself and of all that it answers, not gone through where nobody mutes any. Not `all_of_them`: without those whom queue_add_plain tells,
-- who are not looked at one by one.
-- name: hearers(list_id, thread_id, post_id, author_id, message_id, all_of_them)
with recursive above (id) as (
  select :post_id where exists (select 1 from branch_mute)
   union select p.parent_id from post p join above on p.id = above.id where p.parent_id is not null),
muting (person_id) as (select b.person_id from branch_mute b where b.post_id in (select id from above)),
special (person_id) as (
  select :author_id union select person_id from muting
  union select person_id from thread_choice where thread_id = :thread_id
  union select person_id from mention where post_id = :post_id
  union select a.person_id from copied c join address a on a.address = c.address where c.post_id = :post_id
  union select d.person_id from post p join delivery d on d.post_id = p.id
         where p.message_id = :message_id and d.post_id <> :post_id and d.person_id is not null),
some (person_id) as (
  select person_id from special
  union select person_id from subscription indexed by subscription_choosy where list_id = :list_id and mode <> 'each'
  union select s.person_id from subscription s join person p on p.id = s.person_id
         where exists (select 1 from person where quiet_to is not null or away_until is not null)
           and s.list_id = :list_id and (p.quiet_to is not null or p.away_until is not null)
  union select person_id from subscription where :all_of_them and list_id = :list_id),
who (person_id, mode, guest) as (
  select s.person_id, s.mode, 0 from some cross join subscription s
   where s.list_id = :list_id and s.person_id = some.person_id
  union all
  select g.person_id, 'none', 1 from guest g where g.thread_id = :thread_id and g.stopped = 0 and g.since > 0
     and not exists (select 1 from subscription s where s.list_id = :list_id and s.person_id = g.person_id))
select who.person_id, who.mode, who.guest, p.own_posts, p.timezone, p.hour, p.weekday, p.quiet_from, p.quiet_to,
       p.away_until, a.address, a.state, c.choice,
       who.person_id in (select person_id from muting) as muted,
       who.person_id in (select m.person_id from mention m where m.post_id = :post_id) as mentioned
  from who join person p on p.id = who.person_id
  join address a on a.rowid = (select rowid from address where person_id = who.person_id order by rank limit 1)
  left join thread_choice c on c.person_id = who.person_id and c.thread_id = :thread_id
 order by who.person_id;

-- Most people want each post at once and have chosen nothing else: for them the rule of fanout/deliveries.py comes to
-- this, and none of them is made an object of. Everybody in `special`, as above, is left to the rule.
-- name: queue_add_plain(list_id, thread_id, post_id, author_id, message_id, now)!
with recursive above (id) as (
  select :post_id where exists (select 1 from branch_mute)
   union select p.parent_id from post p join above on p.id = above.id where p.parent_id is not null),
muting (person_id) as (select b.person_id from branch_mute b where b.post_id in (select id from above)),
special (person_id) as (
  select :author_id union select person_id from muting
  union select person_id from thread_choice where thread_id = :thread_id
  union select person_id from mention where post_id = :post_id
  union select a.person_id from copied c join address a on a.address = c.address where c.post_id = :post_id
  union select d.person_id from post p join delivery d on d.post_id = p.id
         where p.message_id = :message_id and d.post_id <> :post_id and d.person_id is not null)
insert into delivery (post_id, list_id, person_id, address, reason, due, created, updated)
select :post_id, :list_id, s.person_id, a.address, 'subscribed', :now, :now, :now
  from subscription s join person p on p.id = s.person_id
  join address a on a.rowid = (select rowid from address where person_id = s.person_id order by rank limit 1)
 where s.list_id = :list_id and s.mode = 'each' and p.quiet_to is null and p.away_until is null and a.state = 'ok'
   and s.person_id not in (select person_id from special)
 order by s.person_id
on conflict do nothing;

-- name: post_copied_people(post_id)
select distinct a.person_id from copied c join address a on a.address = c.address where c.post_id = :post_id;

-- Who has the mail of a post by another list, or has it waiting: state 'digest' means that nothing has left yet. What
-- somebody else wrote under its Message-ID is another mail (promise A10).
-- name: post_told(message_id, author_id)
select distinct d.person_id, d.state = 'digest' as collected from post p join delivery d on d.post_id = p.id
 where p.message_id = :message_id and p.author_id = :author_id and d.person_id is not null and d.state <> 'cancelled';

-- A letter of this post takes the place of what the same mail left for the digest by another list.
-- name: queue_supersede(post_id, message_id, author_id, now)!
update delivery set state = 'cancelled', updated = :now
 where state = 'digest' and post_id in (select id from post where message_id = :message_id
                                            and author_id = :author_id and id <> :post_id)
   and person_id in (select person_id from delivery where post_id = :post_id and state = 'waiting');

-- name: subscriptions_of(person_id)
select list_id, mode from subscription where person_id = :person_id order by list_id;

-- A mail that went to several lists waits as a post of one of them: where its reader wants no more of that list, it
-- waits as a post of another one that he is subscribed to.
-- name: queue_hand_on(person_id, list_id, now)!
insert into delivery (post_id, list_id, person_id, address, reason, state, due, created, updated)
select other.id, s.list_id, d.person_id, d.address, d.reason, d.state, d.due, :now, :now
  from pending cross join delivery d on d.post_id = pending.post_id and d.person_id = :person_id
  join post p on p.id = d.post_id
  join post other on other.message_id = p.message_id and other.author_id = p.author_id and other.list_id <> p.list_id
  join subscription s on s.list_id = other.list_id and s.person_id = d.person_id
  left join thread_choice c on c.person_id = d.person_id and c.thread_id = other.thread_id
 where d.list_id = :list_id and d.state in ('waiting', 'digest')
   and d.lease_until <= :now and d.attempts = 0 and d.reason in ('subscribed', 'mentioned')
   and (coalesce(c.choice, s.mode) in ('each', 'follow', 'daily', 'weekly')
        or (coalesce(c.choice, s.mode) = 'mentions' and d.reason = 'mentioned'))
 group by p.id
on conflict (post_id, person_id) where post_id is not null do update
  set state = excluded.state, due = excluded.due, reason = excluded.reason, updated = excluded.updated
  where delivery.state = 'cancelled';
