-- name: delivery_bounced(id, answer, now)!
update delivery set state = 'failed', answer = :answer, updated = :now where id = :id and state in ('sent', 'failed');
