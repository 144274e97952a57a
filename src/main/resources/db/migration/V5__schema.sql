-- The profile schema that a sandbox has stored: one document, exactly as it was sent.
create table sandbox_schema (
    sandbox_id integer primary key references sandbox,
    etag uuid not null,
    document text not null,
    update_time timestamptz not null,
    updated_by text not null
);
