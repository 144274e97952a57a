-- Audiences of all tenants. A deleted audience stays as a row with `archived_at`, which no request sees.
create table audience (
    id                            uuid primary key,
    sandbox                       integer     not null references sandbox,
    -- The order of creation, which tells audiences of one millisecond apart.
    sequence                      bigint generated always as identity,
    etag                          uuid        not null,
    -- Text is ordered by code point, so that every database sorts alike.
    audience_id                   text        not null collate "C",
    type                          text        not null collate "C"
        check (type in ('SegmentDefinition', 'ExternalSegment', 'ExternalAudience')),
    name                          text        not null collate "C",
    description                   text collate "C",
    -- What the filters `name` and `description` search: the same text without differences of case.
    folded_name                   text        not null collate "C",
    folded_description            text collate "C",
    namespace                     text        not null collate "C",
    lifecycle                     text        not null collate "C"
        check (lifecycle in ('draft', 'published', 'inactive', 'active', 'archived')),
    labels                        varchar[]   not null,
    created_by                    text        not null collate "C",
    creation_time                 timestamptz not null,
    update_time                   timestamptz not null,
    archived_at                   timestamptz,

    -- Only of segment definitions.
    schema_name                   text collate "C",
    ttl_in_days                   integer,
    profile_instance_id           text collate "C",
    expression_type               text collate "C",
    expression_format             text collate "C",
    expression_value              text collate "C",
    merge_policy_id               text collate "C",
    batch                         boolean,
    continuous                    boolean,
    synchronous                   boolean,
    -- Whether the client chose the evaluation methods; otherwise they follow from the expression.
    evaluation_chosen             boolean     not null,
    exclude_opt_out               boolean,
    override_performance_warnings boolean,
    -- The audiences that the expression refers to.
    dependencies                  uuid[]      not null,

    -- Only of external audiences.
    dataset_id                    text collate "C",
    audience_meta                 jsonb,
    linked_audience_ref           jsonb,

    check ((lifecycle = 'archived') = (archived_at is not null)),
    check ((type = 'SegmentDefinition') = (expression_value is not null))
);

create unique index audience_external_id on audience (sandbox, namespace, audience_id) where archived_at is null;
create index audience_newest on audience (sandbox, creation_time desc, sequence desc) where archived_at is null;
create index audience_dependencies on audience using gin (dependencies) where archived_at is null;
