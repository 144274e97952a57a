-- One row per organization and sandbox that anything was ever stored in. Other tables refer to `id`.
create table sandbox (
    id                      integer generated always as identity primary key,
    organization            text    not null,
    name                    text    not null,
    sandbox_id              uuid    not null unique,
    type                    text    not null check (type in ('production', 'development')),
    is_default              boolean not null,
    default_merge_policy_id uuid    not null,
    unique (organization, name)
);
