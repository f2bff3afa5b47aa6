-- Sources: how large items are, so that those of one page fit into memory.

alter table entry add column item_bytes integer; -- null: admitted by a release before this one
