-- name: thumbnail_waiting()^
select t.sha256, (select min(a.id) from attachment a where a.sha256 = t.sha256) as attachment
  from thumbnail t where t.state = 'waiting' order by t.rowid desc limit 1;

-- name: thumbnail_put(sha256, state, width, height, content)!
update thumbnail set state = :state, width = :width, height = :height, content = :content where sha256 = :sha256;

-- name: thumbnail_shown(id)^
select a.name, t.content from attachment a join thumbnail t on t.sha256 = a.sha256
  join post p on p.id = a.post_id join list l on l.id = p.list_id
 where a.id = :id and t.state = 'drawn' and l.visibility = 'public';
