-- name: list_put(name, address, title, description, who_can_post, visibility, guests, first_posts, mask_private, who, spam_header, spam_score)^
insert into list (name, address, title, description, who_can_post, visibility, guests, first_posts, mask_private, who,
                  spam_header, spam_score)
values (:name, :address, :title, :description, :who_can_post, :visibility, :guests, :first_posts, :mask_private, :who,
        :spam_header, :spam_score)
on conflict (name) do update set address = excluded.address, title = excluded.title,
  description = excluded.description, who_can_post = excluded.who_can_post,
  visibility = excluded.visibility, guests = excluded.guests, first_posts = excluded.first_posts,
  mask_private = excluded.mask_private, who = excluded.who, spam_header = excluded.spam_header,
  spam_score = excluded.spam_score
returning id;

-- name: list_all()
select id, name, address, title, description, who_can_post, visibility, guests, first_posts, mask_private, who,
       spam_header, spam_score from list order by id;

-- name: moderator_add(list_id, person_id)!
insert into moderator (list_id, person_id) values (:list_id, :person_id) on conflict do nothing;

-- name: moderator_drop_others(list_id, kept)!
delete from moderator where list_id = :list_id and person_id not in (select value from json_each(:kept));

-- name: moderator_list(list_id)
select p.id, p.name, a.address, m.last_told from moderator m join person p on p.id = m.person_id
  join address a on a.person_id = p.id and a.rank = (select min(rank) from address where person_id = p.id)
 where m.list_id = :list_id group by p.id order by p.id;

-- name: moderator_all()
select p.id, p.name, a.address, max(m.last_told) from moderator m join person p on p.id = m.person_id
  join address a on a.person_id = p.id and a.rank = (select min(rank) from address where person_id = p.id)
 group by p.id order by p.id;
