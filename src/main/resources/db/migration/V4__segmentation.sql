-- Memberships and metrics of audiences. Rows of deleted audiences are ignored; ids of audiences are never reused.

-- The metrics of an audience from its latest evaluation.
create table segment_metrics (
    audience_id uuid not null,
    sandbox_id integer not null,
    -- The input of the metrics: the revision of the audience, its input fingerprint (basis), which covers the
    -- audiences that it refers to, and the version of the profiles. Metrics with outdated input are never shown.
    revision text not null collate "C",
    basis uuid not null,
    data_version bigint not null,
    -- Whether the result depends on the current time, directly or through another audience.
    time_dependent boolean not null,
    job_id uuid not null,
    evaluated_at timestamptz not null,
    total_profiles bigint,
    by_namespace jsonb,
    by_status jsonb,
    -- Why there are no metrics.
    failure text,
    primary key (sandbox_id, audience_id),
    check ((failure is null) = (total_profiles is not null))
);

-- The members of an audience, as Roaring bitmaps of ordinals in the portable format.
create table segment_membership (
    audience_id uuid not null,
    sandbox_id integer not null,
    -- Incremented by each evaluation or list that sets the members.
    generation bigint not null,
    revision text not null collate "C",
    basis uuid not null,
    data_version bigint not null,
    job_id uuid not null,
    evaluated_at timestamptz not null,
    members bytea not null,
    -- The members of the previous generation.
    previous bytea not null,
    primary key (sandbox_id, audience_id)
);

-- PostgreSQL does not compress the bitmaps, because they are compact already.
alter table segment_membership
    alter column members set storage external,
    alter column previous set storage external;

create table segment_job (
    id uuid primary key,
    sandbox_id integer not null references sandbox,
    -- The order of creation.
    sequence bigint generated always as identity,
    status text not null check (status in ('NEW', 'PROCESSING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    source text not null check (source in ('api', 'scheduler')),
    -- The schedule that created the job, which may be deleted, and the scheduled time; null when a client created the
    -- job. A schedule has at most one job per time, regardless of the number of replicas and their clocks.
    schedule_id uuid,
    scheduled_for timestamptz,
    request_id text not null,
    -- The audiences to evaluate; null for all.
    requested uuid[],
    -- The audiences as they were when the job evaluated them: [{"segmentId", "segment"}].
    segments jsonb not null,
    -- How many times the job was started.
    attempts integer not null default 0,
    -- Progress, in profiles times audiences.
    values_evaluated bigint not null default 0,
    values_expected bigint not null default 0,
    -- Metrics by audience, in the JSON of the contract.
    metrics jsonb not null default '{}',
    -- Audiences that could not be evaluated: [{"segmentId", "message"}].
    errors jsonb not null default '[]',
    -- Why the job failed or was cancelled.
    reason text,
    created_at timestamptz not null,
    evaluation_started_at timestamptz,
    evaluation_ended_at timestamptz,
    ended_at timestamptz,
    updated_at timestamptz not null,
    unique (sandbox_id, schedule_id, scheduled_for),
    check ((schedule_id is null) = (scheduled_for is null))
);

create index segment_job_newest on segment_job (sandbox_id, sequence desc);
create index segment_job_to_do on segment_job (sandbox_id, sequence) where status in ('NEW', 'PROCESSING');

-- Schedules that create segment jobs.
create table schedule (
    id uuid primary key,
    sandbox_id integer not null references sandbox,
    name text not null,
    type text not null check (type in ('batch_segmentation')),
    state text not null check (state in ('active', 'inactive')),
    -- A Quartz cron expression in UTC.
    cron text not null,
    -- The audiences to evaluate; null for all.
    audiences uuid[],
    -- When the next job is due; null when the schedule is inactive, or no time is left.
    next_run timestamptz,
    -- The latest job and when it was created; null when there was none.
    last_run timestamptz,
    last_job_id uuid,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check (state = 'active' or next_run is null),
    check ((last_run is null) = (last_job_id is null))
);

create index schedule_in_order on schedule (sandbox_id, created_at, id);
create index schedule_due on schedule (next_run) where next_run is not null;
