-- A second wall between tenants: whatever a statement asks for, PostgreSQL shows and changes only rows of the sandbox that the
-- connection has named in `pequel.sandbox`. Nothing named, nothing visible; `all` is for work across sandboxes, such as looking
-- for jobs to run. Owners and superusers are not bound, so the service works as a role that is neither; see RowSecurity.

-- The sandbox whose rows are visible; 0 for all, null for none.
create function visible_sandbox() returns int language sql stable parallel safe as $$
    select case current_setting('pequel.sandbox', true)
        when 'all' then 0
        else nullif(current_setting('pequel.sandbox', true), '')::int
    end
$$;

-- Asked for in a subquery, so that it is computed once for a statement and not for each row.
do $$
declare
    guarded record;
begin
    for guarded in
        select * from (values
            ('sandbox', 'id'),
            ('audience', 'sandbox'),
            ('sandbox_schema', 'sandbox'),
            ('profile_store', 'sandbox_id'),
            ('profile', 'sandbox_id'),
            ('profile_identity', 'sandbox_id'),
            ('experience_event', 'sandbox_id'),
            ('profile_change', 'sandbox_id'),
            ('import_job', 'sandbox_id'),
            ('segment_metrics', 'sandbox_id'),
            ('segment_membership', 'sandbox_id'),
            ('segment_job', 'sandbox_id'),
            ('preview', 'sandbox_id'),
            ('audit_event', 'sandbox_id')
        ) as t (name, sandbox)
    loop
        execute format('alter table %I enable row level security', guarded.name);
        execute format(
            'create policy of_visible_sandbox on %I using '
                '(%I = (select visible_sandbox()) or (select visible_sandbox()) = 0)',
            guarded.name, guarded.sandbox);
    end loop;
end
$$;

-- COPY into a table is not possible for a role that policies bind, so these rows are written as the owner, and checked here.
create function refuse_row_of_other_sandbox() returns trigger language plpgsql as $$
begin
    raise exception 'new row of % belongs to another sandbox than the one that is visible', tg_table_name
        using errcode = 'insufficient_privilege';
end
$$;

create trigger profile_of_visible_sandbox after insert on profile
    for each row when (not coalesce(visible_sandbox() in (0, new.sandbox_id), false))
    execute function refuse_row_of_other_sandbox();

create trigger profile_identity_of_visible_sandbox after insert on profile_identity
    for each row when (not coalesce(visible_sandbox() in (0, new.sandbox_id), false))
    execute function refuse_row_of_other_sandbox();

create trigger experience_event_of_visible_sandbox after insert on experience_event
    for each row when (not coalesce(visible_sandbox() in (0, new.sandbox_id), false))
    execute function refuse_row_of_other_sandbox();

-- Which audience refers to which. The index on the array of dependencies is of no use behind a policy, because the operators of
-- arrays might tell something about rows that must not be seen.
create table audience_dependency (
    id         bigint generated always as identity primary key,
    sandbox    integer not null references sandbox,
    dependency uuid    not null,
    dependent  uuid    not null references audience,
    -- The dependent's.
    sequence   bigint  not null
);

create index audience_dependency_by_dependency on audience_dependency (sandbox, dependency);
create index audience_dependency_by_dependent on audience_dependency (dependent);

create function note_audience_dependencies() returns trigger language plpgsql as $$
begin
    delete from audience_dependency where dependent = new.id;
    if new.archived_at is null then
        insert into audience_dependency (sandbox, dependency, dependent, sequence)
        select new.sandbox, dependency, new.id, new.sequence from unnest(new.dependencies) as d (dependency);
    end if;
    return null;
end
$$;

create trigger audience_dependencies_of_new after insert on audience
    for each row when (new.dependencies <> '{}')
    execute function note_audience_dependencies();

create trigger audience_dependencies_of_changed after update on audience
    for each row when (new.dependencies <> old.dependencies or new.archived_at is distinct from old.archived_at)
    execute function note_audience_dependencies();

insert into audience_dependency (sandbox, dependency, dependent, sequence)
select a.sandbox, d.dependency, a.id, a.sequence
from audience a, unnest(a.dependencies) as d (dependency)
where a.archived_at is null;

alter table audience_dependency enable row level security;
create policy of_visible_sandbox on audience_dependency using
    (sandbox = (select visible_sandbox()) or (select visible_sandbox()) = 0);

drop index audience_dependencies;
