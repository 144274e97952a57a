-- The audit trail: changes of audiences, schemas, profiles and schedules, and exports, with the caller. Rows are only
-- added; a trigger refuses all other changes.
create table audit_event (
    id uuid primary key,
    sandbox_id integer not null,
    -- The order of the events.
    sequence bigint generated always as identity,
    subject text not null default 'audience' collate "C" check (subject in ('audience', 'schema', 'profile', 'schedule', 'export')),
    -- Both are null for other subjects.
    audience_id uuid,
    -- The name after the change.
    audience_name text,
    action text not null collate "C" check (action in ('created', 'changed', 'deleted')),
    caller text not null collate "C",
    request_id text not null,
    occurred_at timestamptz not null,
    -- The properties that differ: [{"property", "before", "after"}]. Of type json, because jsonb does not keep their
    -- order.
    changes json not null,
    check ((subject = 'audience') = (audience_id is not null)),
    check ((subject = 'audience') = (audience_name is not null))
);

-- The trail only grows. Each filter has an index, so that no query reads all events of a sandbox.
create index audit_event_newest on audit_event (sandbox_id, sequence desc);
create index audit_event_of_audience on audit_event (sandbox_id, audience_id, sequence desc);
create index audit_event_of_caller on audit_event (sandbox_id, caller, sequence desc);
create index audit_event_of_others on audit_event (sandbox_id, subject, sequence desc) where audience_id is null;

create function refuse_change_of_audit_event() returns trigger language plpgsql as $$
begin
    raise exception 'The audit trail is append-only: % is refused.', tg_op using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_event_is_append_only before update or delete or truncate on audit_event
    for each statement execute function refuse_change_of_audit_event();
