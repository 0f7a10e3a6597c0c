-- name: blob_put(sha256, size, packed, content)!
insert into blob (sha256, size, packed, content) values (:sha256, :size, :packed, :content)
on conflict (sha256) do nothing;

-- name: blob_put_all(sha256, size, packed, content)*!
insert into blob (sha256, size, packed, content) values (:sha256, :size, :packed, :content)
on conflict (sha256) do nothing;

-- name: blob_get(sha256)^
select packed, content from blob where sha256 = :sha256;
