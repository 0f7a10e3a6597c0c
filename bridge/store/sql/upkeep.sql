-- name: raw_forget(before)!
update ledger set raw = null where raw is not null and outcome not in ('waiting', 'held', 'parked') and received < :before;

-- name: blob_sweep()!
delete from blob where not exists (select 1 from ledger where ledger.raw = blob.sha256)
   and not exists (select 1 from attachment where attachment.sha256 = blob.sha256);
