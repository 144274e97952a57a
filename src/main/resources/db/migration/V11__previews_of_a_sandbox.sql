-- A new preview counts on from the newest of its sandbox, and takes the place of the oldest.
create index preview_by_sandbox on preview (sandbox_id, execution_id);
