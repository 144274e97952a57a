-- Profiles, identities and experience events. Every row belongs to one sandbox.
--
-- No foreign keys between these tables: their check would cost more per event than everything else in an import. All writers
-- hold the sandbox's row of profile_store, so that ordinals are dense and no event outlives its profile.

create table profile_store (
    sandbox_id int primary key references sandbox (id),
    -- Ordinals are given once and never again, so that a bit in an old membership never means another profile.
    next_ordinal int not null default 0,
    -- Counts committed changes. A snapshot knows the version it was read at.
    version bigint not null default 0,
    -- What readers may expect to see: the version at the end of the last finished import or deletion.
    published_version bigint not null default 0
);

create table profile (
    -- The sandbox in the upper 32 bits, the ordinal in the lower: the profiles of a sandbox are a range.
    id bigint primary key,
    sandbox_id int not null,
    -- The row of the columnar snapshot and the bit in every bitmap.
    ordinal int not null,
    -- The document as imported, with its identityMap.
    attributes jsonb not null,
    modified_at timestamptz not null
);

-- The identities of profile.attributes -> 'identityMap', for lookups.
create table profile_identity (
    sandbox_id int not null,
    namespace text not null,
    id text not null,
    ordinal int not null,
    primary key (sandbox_id, namespace, id)
);

create table experience_event (
    sandbox_id int not null,
    -- The event's _id: the same event sent twice is one event.
    event_id text not null,
    profile_id bigint not null,
    timestamp timestamptz not null,
    body jsonb not null,
    primary key (sandbox_id, event_id)
);

-- The events of a profile in the order of time. It does not begin with the sandbox: in the middle of an import the planner takes
-- the sandbox for empty, and would look up events by such an index instead of by their key.
create index experience_event_of_profile on experience_event (profile_id, timestamp);

-- Which profiles the most recent changes touched, so that a snapshot can be brought up to date without reading everything.
create table profile_change (
    sandbox_id int not null,
    version bigint not null,
    -- A Roaring bitmap of ordinals, in its portable format.
    ordinals bytea not null,
    primary key (sandbox_id, version)
);

create table import_job (
    id uuid primary key,
    sandbox_id int not null references sandbox (id),
    content text not null check (content in ('profiles', 'events')),
    source text not null check (source in ('api', 'sample')),
    status text not null check (status in ('PROCESSING', 'SUCCEEDED', 'FAILED')),
    -- These count what is committed; they change in the transaction that commits it.
    bytes_read bigint not null default 0,
    lines_read bigint not null default 0,
    created bigint not null default 0,
    updated bigint not null default 0,
    unchanged bigint not null default 0,
    failed bigint not null default 0,
    -- The first failed lines: [{"line", "code", "message"}].
    errors jsonb not null default '[]',
    -- Why the job failed.
    reason text,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create index import_job_newest on import_job (sandbox_id, created_at desc);
