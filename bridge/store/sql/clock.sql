-- name: clock_move_letters(jump, began, before)!
-- A letter that was tried waits a span of time, one that was due by the former clock is due; others wait for a time of day.
update delivery set due = due + :jump, updated = updated + :jump,
       lease_until = case when lease_until > 0 then lease_until + :jump else 0 end
 where state = 'waiting' and updated between :began and :before and (answer <> '' or due <= :before);

-- name: clock_move_mails(jump, before)!
update ledger set due = due + :jump, lease_until = case when lease_until > 0 then lease_until + :jump else 0 end
 where outcome = 'waiting' and (due > :before or lease_until > 0 or :jump < 0);

-- name: clock_move_collected(days, began, now)!
update delivery set due = max(due + :days, :now)
 where state = 'digest' and created between :began and :now - :days and created > :now;

-- name: clock_calm_letters(now, ahead)!
update delivery set due = case when answer <> '' then :now + max(0, min(due - updated, 28800000000)) else :now end,
       updated = :now
 where state = 'waiting' and lease_until = 0 and updated > :ahead and (answer <> '' or due <= updated);

-- name: clock_calm_mails(now, ahead)!
update ledger set due = :now where outcome = 'waiting' and lease_until = 0 and received > :ahead and due > :ahead;
