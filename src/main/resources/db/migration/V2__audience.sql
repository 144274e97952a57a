-- Audiences of all tenants. A deleted audience keeps its row, with archived_at, but queries of the service exclude
-- it.
create table audience (
    id uuid not null,
    sandbox_id integer not null,
    -- The order of creation. It distinguishes audiences created in the same millisecond.
    sequence bigint generated always as identity,
    -- Incremented by every change. The entity tag is derived from it.
    version bigint not null,
    -- Text is compared by code point, so that the order does not depend on the database's locale.
    audience_id text not null collate "C",
    type text not null collate "C" check (type in ('SegmentDefinition', 'ExternalSegment', 'ExternalAudience')),
    name text not null collate "C",
    description text collate "C",
    -- The filters on name and description search these columns: the same text, case-folded.
    folded_name text not null collate "C",
    folded_description text collate "C",
    namespace text not null collate "C",
    lifecycle text not null collate "C"
        check (lifecycle in ('draft', 'published', 'inactive', 'active', 'archived')),
    labels varchar[] not null,
    tags varchar[] not null,
    origin_name text collate "C",
    -- The number of times that evaluation resumed after the audience was a draft or inactive.
    resumptions integer not null,
    created_by text not null collate "C",
    creation_time timestamptz not null,
    update_time timestamptz not null,
    archived_at timestamptz,

    -- Segment definitions only.
    schema_name text collate "C",
    ttl_in_days integer,
    profile_instance_id text collate "C",
    expression_type text collate "C",
    expression_format text collate "C",
    expression_value text collate "C",
    merge_policy_id text collate "C",
    batch boolean,
    continuous boolean,
    synchronous boolean,
    -- Whether the client chose the evaluation methods; otherwise they are derived from the expression.
    evaluation_chosen boolean,
    exclude_opt_out boolean,
    override_performance_warnings boolean,

    -- External audiences only.
    dataset_id text collate "C",
    audience_meta jsonb,
    linked_audience_ref jsonb,

    -- One index serves lookups by sandbox and id. With an index on each, the planner may choose by outdated
    -- statistics and scan all audiences of a sandbox that has grown.
    primary key (sandbox_id, id),
    check ((lifecycle = 'archived') = (archived_at is not null)),
    check ((type = 'SegmentDefinition') = (expression_value is not null))
);

create unique index audience_external_id on audience (sandbox_id, namespace, audience_id) where archived_at is null;
create index audience_newest on audience (sandbox_id, creation_time desc, sequence desc) where archived_at is null;

-- References to other audiences in the expressions of audiences.
create table audience_dependency (
    id uuid primary key,
    sandbox_id integer not null,
    dependent_id uuid not null,
    dependency_id uuid not null,
    -- The order in the text of the expression.
    position integer not null,
    foreign key (sandbox_id, dependent_id) references audience,
    foreign key (sandbox_id, dependency_id) references audience
);

create index audience_dependency_by_dependency on audience_dependency (sandbox_id, dependency_id);
create index audience_dependency_by_dependent on audience_dependency (sandbox_id, dependent_id);
