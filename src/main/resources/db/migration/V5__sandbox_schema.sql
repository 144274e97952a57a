-- The schema of profiles that a sandbox has stored: one document each, as it was sent.
create table sandbox_schema (
    sandbox     integer     primary key references sandbox,
    etag        uuid        not null,
    document    text        not null,
    update_time timestamptz not null,
    updated_by  text        not null
);
