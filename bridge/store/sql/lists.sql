-- name: list_put(name, address, title, description, who_can_post, visibility, guests)!
insert into list (name, address, title, description, who_can_post, visibility, guests)
values (:name, :address, :title, :description, :who_can_post, :visibility, :guests)
on conflict (name) do update set address = excluded.address, title = excluded.title,
  description = excluded.description, who_can_post = excluded.who_can_post,
  visibility = excluded.visibility, guests = excluded.guests;

-- name: list_all()
select id, name, address, title, description, who_can_post, visibility, guests from list order by id;

-- name: list_names(id)^
select name, title from list where id = :id;
