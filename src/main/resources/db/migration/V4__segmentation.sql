-- Who belongs to the audiences. Rows of audiences that were deleted are of no use; their ids never come again.

-- Numbers of audiences, from whichever evaluation was the last one.
create table segment_metrics (
    audience_id uuid primary key,
    sandbox_id int not null references sandbox (id),
    -- The numbers belong to this revision of the audience, to this state of all audiences that it refers to, and to this version
    -- of the profiles. Numbers of anything else are never shown.
    revision text not null collate "C",
    basis uuid not null,
    data_version bigint not null,
    -- Whether the expression looks at the clock, itself or through another audience.
    time_dependent boolean not null,
    job_id uuid not null,
    evaluated_at timestamptz not null,
    total_profiles bigint,
    by_namespace jsonb,
    by_status jsonb,
    -- Why there are no numbers.
    failure text,
    check ((failure is null) = (total_profiles is not null))
);

-- The members of audiences, as Roaring bitmaps of ordinals in their portable format.
create table segment_membership (
    audience_id uuid primary key,
    sandbox_id int not null references sandbox (id),
    -- Counts the evaluations and lists that decided about the members.
    generation bigint not null,
    revision text not null collate "C",
    basis uuid not null,
    data_version bigint not null,
    job_id uuid not null,
    evaluated_at timestamptz not null,
    members bytea not null,
    -- The members of the generation before.
    previous bytea not null
);

create index segment_membership_of_sandbox on segment_membership (sandbox_id);

-- Bitmaps are compact already: compressing them would cost time and save nothing.
alter table segment_membership alter column members set storage external;
alter table segment_membership alter column previous set storage external;

create table segment_job (
    id uuid primary key,
    sandbox_id int not null references sandbox (id),
    -- The order of creation.
    sequence bigint generated always as identity,
    status text not null check (status in ('NEW', 'PROCESSING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    source text not null check (source in ('api', 'scheduler')),
    -- The time that the schedule named: of several replicas one creates the job.
    scheduled_for timestamptz,
    request_id text not null,
    -- Which audiences; null for all.
    requested uuid[],
    -- The audiences as they were when the job evaluated them: [{"segmentId", "segment"}].
    segments jsonb not null,
    -- How often it was begun.
    attempts int not null default 0,
    -- Values are profiles times audiences.
    values_evaluated bigint not null default 0,
    values_expected bigint not null default 0,
    -- Numbers by audience, as clients see them.
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
    unique (sandbox_id, scheduled_for)
);

create index segment_job_newest on segment_job (sandbox_id, sequence desc);
create index segment_job_to_do on segment_job (sandbox_id, sequence) where status in ('NEW', 'PROCESSING');
