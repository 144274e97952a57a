-- Profiles, identities and experience events. Every row belongs to one sandbox.
--
-- There are no foreign keys between these tables, because checking them would cost more per event than the rest of an
-- import. Instead, every writer locks the sandbox's row of profile_store. The lock keeps ordinals dense, and no event
-- outlives its profile.
--
-- Identities and event ids are compared byte by byte: this is fastest, and the indexes do not depend on a locale's
-- version.

create table profile_store (
    sandbox_id integer primary key references sandbox,
    -- An ordinal is never reused, so that a bit in an old membership never means another profile.
    next_ordinal integer not null default 0,
    -- The number of committed changes. A snapshot records the version it was read at.
    version bigint not null default 0,
    -- The version at the end of the last finished import or deletion: the minimum that readers can rely on.
    published_version bigint not null default 0
);

create table profile (
    -- The sandbox in the upper 32 bits, the ordinal in the lower ones: the profiles of a sandbox are a range of ids.
    id bigint primary key,
    sandbox_id integer not null,
    -- The row in the columnar snapshot and the bit in every bitmap.
    ordinal integer not null,
    -- The document as imported, with its identityMap.
    attributes jsonb not null,
    modified_at timestamptz not null
);

-- The identities in profile.attributes -> 'identityMap', for lookups.
create table profile_identity (
    sandbox_id integer not null,
    -- In lower case. The document keeps the case of the import.
    namespace text not null collate "C",
    id text not null collate "C",
    ordinal integer not null,
    primary key (sandbox_id, namespace, id)
);

create table experience_event (
    sandbox_id integer not null,
    -- The event's _id. An event that is imported twice is stored once.
    event_id text not null collate "C",
    profile_id bigint not null,
    timestamp timestamptz not null,
    body jsonb not null,
    primary key (sandbox_id, event_id)
);

-- A profile's events by time. The index does not start with the sandbox: during a first import the statistics show an
-- empty sandbox, and the planner would use such an index instead of the primary key to look up events.
create index experience_event_of_profile on experience_event (profile_id, timestamp);

-- The profiles in recent changes, so that a snapshot can be updated without reading all profiles.
create table profile_change (
    sandbox_id integer not null,
    version bigint not null,
    -- A Roaring bitmap of ordinals, in the portable format.
    ordinals bytea not null,
    primary key (sandbox_id, version)
);

-- The paths of all attributes in present and past profiles and events. Their number is limited.
create table attribute_path (
    sandbox_id integer not null,
    -- Such as person.name.firstName and xEvent.commerce.order; the keys of a map are one step, *.
    path text not null collate "C",
    primary key (sandbox_id, path)
);

create table import_job (
    id uuid primary key,
    sandbox_id integer not null references sandbox,
    content text not null check (content in ('profiles', 'events')),
    source text not null check (source in ('api', 'sample')),
    status text not null check (status in ('PROCESSING', 'SUCCEEDED', 'FAILED')),
    -- Counts of committed lines, updated in the transaction that commits them.
    bytes_read bigint not null default 0,
    lines_read bigint not null default 0,
    created bigint not null default 0,
    updated bigint not null default 0,
    unchanged bigint not null default 0,
    failed bigint not null default 0,
    -- The first failed lines: [{"line", "code", "message"}].
    errors jsonb not null default '[]',
    -- The first line with each kind of warning, in the same form.
    warnings jsonb not null default '[]',
    -- Why the job failed.
    reason text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    -- The latest heartbeat of the process that runs the job, by the clock of the database.
    alive_at timestamptz not null default clock_timestamp()
);

create index import_job_newest on import_job (sandbox_id, created_at desc);
