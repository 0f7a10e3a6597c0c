-- name: revoked_all()
select person_id, purpose, upto from revoked;

-- name: revoked_put(person_id, purpose, upto, now)!
insert into revoked (person_id, purpose, upto, at) values (:person_id, :purpose, :upto, :now)
on conflict (person_id, purpose) do update set upto = excluded.upto, at = excluded.at;

-- name: revoked_ids(person_id)
select id from person where id = :person_id or merged_into = :person_id;

-- name: revoked_marks()^
select (select coalesce(max(id), 0) from post) as post, (select coalesce(max(id), 0) from digest) as digest,
       (select coalesce(max(id), 0) from ledger) as mail, (select coalesce(max(id), 0) from address_claim) as claim;
