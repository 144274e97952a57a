-- Whoever looks for audiences by their ids names the sandbox too, and one index has both. With an index of each, PostgreSQL chose
-- by what it last knew of the sandbox's size, and of a sandbox that had grown since it read all rows to find a few.
alter table audience_dependency drop constraint audience_dependency_dependent_fkey;
drop index audience_dependency_by_dependent;
alter table audience drop constraint audience_pkey, add primary key (sandbox, id);
create index audience_dependency_by_dependent on audience_dependency (sandbox, dependent);
alter table audience_dependency add foreign key (sandbox, dependent) references audience;

create or replace function note_audience_dependencies() returns trigger language plpgsql as $$
begin
    delete from audience_dependency where sandbox = new.sandbox and dependent = new.id;
    if new.archived_at is null then
        insert into audience_dependency (sandbox, dependency, dependent, sequence)
        select new.sandbox, dependency, new.id, new.sequence from unnest(new.dependencies) as d (dependency);
    end if;
    return null;
end
$$;

alter table segment_metrics drop constraint segment_metrics_pkey, add primary key (sandbox_id, audience_id);
alter table segment_membership drop constraint segment_membership_pkey, add primary key (sandbox_id, audience_id);
drop index segment_membership_of_sandbox;
