-- name: setting_get(key)^
select value from setting where key = :key;

-- name: setting_put(key, value)!
insert into setting (key, value) values (:key, :value) on conflict (key) do update set value = excluded.value;
