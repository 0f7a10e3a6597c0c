-- name: blob_put(sha256, size, packed, content)!
insert into blob (sha256, size, packed, content) values (:sha256, :size, :packed, :content)
on conflict (sha256) do nothing;

-- name: blob_put_all(sha256, size, packed, content)*!
insert into blob (sha256, size, packed, content) values (:sha256, :size, :packed, :content)
on conflict (sha256) do nothing;

-- name: blob_several(sha256s)
select sha256, packed, content from blob where sha256 in (select value from json_each(:sha256s));

-- name: blob_get(sha256)^
select packed, content from blob where sha256 = :sha256;
