-- The stored schema of a sandbox's profiles: one document, exactly as sent by the client.
create table sandbox_schema (
    sandbox_id integer primary key references sandbox,
    etag uuid not null,
    document text not null,
    update_time timestamptz not null,
    updated_by text not null
);
