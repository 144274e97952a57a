-- What statements of few rows look for: the sandbox is compared as it is named, without the two subqueries, whose preparation took
-- such a statement longer than everything else. Tables of profiles keep them, where statements go through millions of rows.
do $$
declare
    guarded record;
begin
    for guarded in
        select * from (values
            ('sandbox', 'id'),
            ('audience', 'sandbox'),
            ('audience_dependency', 'sandbox'),
            ('sandbox_schema', 'sandbox'),
            ('profile_store', 'sandbox_id'),
            ('import_job', 'sandbox_id'),
            ('segment_metrics', 'sandbox_id'),
            ('segment_membership', 'sandbox_id'),
            ('segment_job', 'sandbox_id'),
            ('preview', 'sandbox_id'),
            ('audit_event', 'sandbox_id')
        ) as t (name, sandbox)
    loop
        execute format(
            'alter policy of_visible_sandbox on %I using (current_setting(''pequel.sandbox'', true) in (%I::text, ''all''))',
            guarded.name, guarded.sandbox);
    end loop;
end
$$;

-- Dependents are read in their order without being sorted.
drop index audience_dependency_by_dependency;
create index audience_dependency_by_dependency on audience_dependency (sandbox, dependency, sequence);

-- To look whether the sandbox exists, PostgreSQL locks its row for each new row that refers to it, and whoever creates audiences
-- of a sandbox at the same time shares that lock, which costs more than the new row. Sandboxes are never deleted, and the
-- database refuses it.
alter table audience drop constraint audience_sandbox_fkey;
alter table audience_dependency drop constraint audience_dependency_sandbox_fkey;
alter table segment_metrics drop constraint segment_metrics_sandbox_id_fkey;
alter table segment_membership drop constraint segment_membership_sandbox_id_fkey;
alter table audit_event drop constraint audit_event_sandbox_id_fkey;

create function refuse_deletion_of_sandbox() returns trigger language plpgsql as $$
begin
    raise exception 'A sandbox is never deleted: % is refused.', tg_op using errcode = 'insufficient_privilege';
end
$$;

create trigger sandbox_stays before delete on sandbox
    for each row execute function refuse_deletion_of_sandbox();

create trigger sandboxes_stay before truncate on sandbox
    for each statement execute function refuse_deletion_of_sandbox();

-- The sequence is only ever looked for within a sandbox, by another index.
alter table audit_event drop constraint audit_event_sequence_key;
