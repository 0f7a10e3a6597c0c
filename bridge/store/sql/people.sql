-- name: person_add(name, member, now)^
insert into person (name, first, member, created) values (:name, first_word(:name), :member, :now) returning id;

-- name: person_get(id)^
-- Whoever was merged into somebody is that person now.
select p.id, p.name, p.member, p.own_posts,
       (select json_group_array(address) from
         (select address from address where person_id = p.id order by rank, address)) as addresses,
       (select json_group_array(handle) from
         (select handle from handle where person_id = p.id order by handle)) as handles
  from person o join person p on p.id = coalesce(o.merged_into, o.id) where o.id = :id;

-- name: person_by_address(address)^
select p.id, p.name, p.member, p.own_posts,
       (select json_group_array(address) from
         (select address from address where person_id = p.id order by rank, address)) as addresses,
       (select json_group_array(handle) from
         (select handle from handle where person_id = p.id order by handle)) as handles
  from address a join person o on o.id = a.person_id join person p on p.id = coalesce(o.merged_into, o.id)
 where a.address = :address;

-- name: person_rename(id, name)!
update person set name = :name, first = first_word(:name) where id = :id;

-- name: person_enrol(id)!
update person set member = 1 where id = :id;

-- name: person_of_address(address)^
select person_id from address where address = :address;

-- name: person_of_handle(handle)^
select person_id from handle where handle = :handle;

-- name: person_addresses(id)
select address from address where person_id = :id order by rank, address;

-- name: person_handles(id)
select handle from handle where person_id = :id order by handle;

-- name: address_add(address, person_id)!
insert into address (address, person_id, rank)
values (:address, :person_id, (select count(*) from address where person_id = :person_id))
on conflict (address) do nothing;

-- name: handle_add(handle, person_id)!
insert into handle (handle, person_id) values (:handle, :person_id) on conflict (handle) do nothing;

-- name: subscription_put(list_id, person_id, mode, now)!
insert into subscription (list_id, person_id, mode, since) values (:list_id, :person_id, :mode, :now)
on conflict (list_id, person_id) do update set mode = excluded.mode;

-- name: subscription_drop(list_id, person_id)!
delete from subscription where list_id = :list_id and person_id = :person_id;

-- name: subscription_get(list_id, person_id)^
select mode, since from subscription where list_id = :list_id and person_id = :person_id;

-- Whether somebody has a part in a list: as its member, as a guest there, or by what he wrote.
-- name: person_in_list(list_id, person_id)^
select 1 where exists (select 1 from subscription where list_id = :list_id and person_id = :person_id)
            or exists (select 1 from voice where author_id = :person_id and list_id = :list_id and posts > 0)
            or exists (select 1 from guest g join thread t on t.id = g.thread_id
                        where g.person_id = :person_id and t.list_id = :list_id);
