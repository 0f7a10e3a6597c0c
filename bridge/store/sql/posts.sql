-- name: post_add(list_id, thread_id, parent_id, author_id, author, guest, credit, subject, date, received, message_id, origin, ledger_id, placed_by, text, html)^
insert into post (list_id, thread_id, parent_id, author_id, author, guest, credit, subject, date, received,
                  message_id, origin, ledger_id, placed_by, text, html)
values (:list_id, :thread_id, :parent_id, :author_id, :author, :guest, :credit, :subject, :date, :received,
        :message_id, :origin, :ledger_id, :placed_by, :text, :html) returning id;

-- name: post_html(id, html)!
update post set html = :html where id = :id;

-- name: post_get(id)^
select id, list_id, thread_id, parent_id, author_id, author, guest, credit, subject, date, message_id, origin, text,
       html from post where id = :id;

-- name: post_vouched(id)^
select l.vouched from post p join ledger l on l.id = p.ledger_id where p.id = :id and p.origin = 'email';

-- name: post_twin(list_id, message_id)^
select p.id, p.text, coalesce(l.author, '') as author, n.forgotten
  from known_id k join post p on p.id = k.post_id join person n on n.id = p.author_id
  left join ledger l on l.id = p.ledger_id
 where k.list_id = :list_id and k.message_id = :message_id;

-- A mail that took an id after another, and comes once more.
-- name: post_again(list_id, message_id, author, text)^
select p.id from ledger l join post p on p.ledger_id = l.id
 where l.message_id = :message_id and p.list_id = :list_id and l.author = :author and p.text = :text limit 1;

-- name: post_references(id)
select message_id from post_reference where post_id = :id order by nearness desc;

-- name: part_add(post_id, seq, kind, text, reason, folded, quoted_id)*!
insert into part (post_id, seq, kind, text, reason, folded, quoted_id)
values (:post_id, :seq, :kind, :text, :reason, :folded, :quoted_id);

-- name: copied_add(post_id, address, name)*!
insert into copied (post_id, address, name) values (:post_id, :address, :name) on conflict do nothing;

-- name: copied_names(post_id)
select name from copied where post_id = :post_id order by name;

-- name: copied_by_member(thread_id, address)^
select 1 from copied c join post p on p.id = c.post_id
 where p.thread_id = :thread_id and c.address = :address and p.guest = 0 limit 1;

-- name: attachment_add(post_id, seq, name, type, size, sha256, inline, content_id, folded)^
insert into attachment (post_id, seq, name, type, size, sha256, inline, content_id, folded)
values (:post_id, :seq, :name, :type, :size, :sha256, :inline, :content_id, :folded) returning id;

-- name: attachment_list(post_id)
select id, seq, name, type, size, sha256, inline, content_id, folded from attachment
 where post_id = :post_id order by seq;
