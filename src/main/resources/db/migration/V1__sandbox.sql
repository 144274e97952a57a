-- Sandboxes in which something was ever stored, one row each. Other tables refer to the id as sandbox_id.
create table sandbox (
    id integer generated always as identity primary key,
    organization text not null,
    name text not null,
    -- The id for clients.
    public_id uuid not null unique,
    type text not null check (type in ('production', 'development')),
    is_default boolean not null,
    default_merge_policy_id uuid not null,
    unique (organization, name)
);

-- A foreign key to this table locks the sandbox's row for each inserted row, and concurrent inserts contend for that
-- lock. Tables with many inserts have no such key. Instead, sandboxes are never deleted.
create function refuse_deletion_of_sandbox() returns trigger language plpgsql as $$
begin
    raise exception 'A sandbox is never deleted: % is refused.', tg_op using errcode = 'insufficient_privilege';
end
$$;

create trigger sandbox_stays before delete on sandbox
    for each row execute function refuse_deletion_of_sandbox();

create trigger sandboxes_stay before truncate on sandbox
    for each statement execute function refuse_deletion_of_sandbox();

-- The seed files that were loaded into a sandbox, so that a restart loads only new and changed files.
create table seed_file (
    sandbox_id integer not null references sandbox,
    name text not null collate "C",
    checksum text not null collate "C",
    loaded_at timestamptz not null,
    primary key (sandbox_id, name)
);
