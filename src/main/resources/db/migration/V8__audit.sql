-- Who changed which audience. Rows are only ever added: the database itself refuses everything else.
create table audit_event (
    id uuid primary key,
    sandbox_id int not null references sandbox (id),
    -- The order of the events.
    sequence bigint generated always as identity unique,
    audience_id uuid not null,
    -- As it was after the change.
    audience_name text not null,
    action text not null collate "C" check (action in ('created', 'changed', 'deleted')),
    caller text not null collate "C",
    request_id text not null,
    occurred_at timestamptz not null,
    -- What differs: [{"property", "before", "after"}]. Not jsonb, which would put the properties into another order.
    changes json not null
);

create index audit_event_newest on audit_event (sandbox_id, sequence desc);
create index audit_event_of_audience on audit_event (sandbox_id, audience_id, sequence desc);

create function refuse_change_of_audit_event() returns trigger language plpgsql as $$
begin
    raise exception 'The audit trail is append-only: % is refused.', tg_op using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_event_is_append_only before update or delete or truncate on audit_event
    for each statement execute function refuse_change_of_audit_event();
