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

-- Bitmaps are compact already: compressing them would cost time and save nothing.
alter table segment_membership alter column members set storage external;
alter table segment_membership alter column previous set storage external;
