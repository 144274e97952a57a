-- Row-level security: a connection sees and changes only rows of the sandbox whose number is in the setting
-- pequel.sandbox. Without a number it sees none. Policies do not apply to owners and superusers, so the service works
-- as the role that RowSecurity creates. Work across sandboxes sets "all" and does not assume that role.

-- The visible sandbox; 0 for all, null for none.
create function visible_sandbox() returns integer language sql stable parallel safe as $$
    select case current_setting('pequel.sandbox', true)
        when 'all' then 0
        else nullif(current_setting('pequel.sandbox', true), '')::int
    end
$$;

-- All policies are a plain equality. A statement that compares the same column with a parameter then lets PostgreSQL
-- compare the parameter with visible_sandbox() once, before it reads any row.
alter table sandbox enable row level security;
create policy of_visible_sandbox on sandbox using (id = visible_sandbox());

alter table seed_file enable row level security;
create policy of_visible_sandbox on seed_file using (sandbox_id = visible_sandbox());

alter table audience enable row level security;
create policy of_visible_sandbox on audience using (sandbox_id = visible_sandbox());

alter table audience_dependency enable row level security;
create policy of_visible_sandbox on audience_dependency using (sandbox_id = visible_sandbox());

alter table profile_store enable row level security;
create policy of_visible_sandbox on profile_store using (sandbox_id = visible_sandbox());

alter table profile enable row level security;
create policy of_visible_sandbox on profile using (sandbox_id = visible_sandbox());

alter table profile_identity enable row level security;
create policy of_visible_sandbox on profile_identity using (sandbox_id = visible_sandbox());

alter table experience_event enable row level security;
create policy of_visible_sandbox on experience_event using (sandbox_id = visible_sandbox());

alter table profile_change enable row level security;
create policy of_visible_sandbox on profile_change using (sandbox_id = visible_sandbox());

alter table attribute_path enable row level security;
create policy of_visible_sandbox on attribute_path using (sandbox_id = visible_sandbox());

alter table import_job enable row level security;
create policy of_visible_sandbox on import_job using (sandbox_id = visible_sandbox());

alter table segment_metrics enable row level security;
create policy of_visible_sandbox on segment_metrics using (sandbox_id = visible_sandbox());

alter table segment_membership enable row level security;
create policy of_visible_sandbox on segment_membership using (sandbox_id = visible_sandbox());

alter table segment_job enable row level security;
create policy of_visible_sandbox on segment_job using (sandbox_id = visible_sandbox());

alter table schedule enable row level security;
create policy of_visible_sandbox on schedule using (sandbox_id = visible_sandbox());

alter table sandbox_schema enable row level security;
create policy of_visible_sandbox on sandbox_schema using (sandbox_id = visible_sandbox());

alter table preview enable row level security;
create policy of_visible_sandbox on preview using (sandbox_id = visible_sandbox());

alter table export_job enable row level security;
create policy of_visible_sandbox on export_job using (sandbox_id = visible_sandbox());

alter table export_job_counter enable row level security;
create policy of_visible_sandbox on export_job_counter using (sandbox_id = visible_sandbox());

alter table audit_event enable row level security;
create policy of_visible_sandbox on audit_event using (sandbox_id = visible_sandbox());

-- PostgreSQL refuses COPY into a table with policies for a role to which they apply. Imports therefore copy as the
-- owner, and triggers check the rows. The comparison of the two texts comes first because it is fast and decides the
-- usual case.
create function refuse_row_of_other_sandbox() returns trigger language plpgsql as $$
begin
    raise exception 'new row of % belongs to another sandbox than the one that is visible', tg_table_name
        using errcode = 'insufficient_privilege';
end
$$;

create trigger profile_of_visible_sandbox after insert on profile
    for each row when (
        new.sandbox_id::text is distinct from current_setting('pequel.sandbox', true)
        and not coalesce(visible_sandbox() in (0, new.sandbox_id), false))
    execute function refuse_row_of_other_sandbox();

create trigger profile_identity_of_visible_sandbox after insert on profile_identity
    for each row when (
        new.sandbox_id::text is distinct from current_setting('pequel.sandbox', true)
        and not coalesce(visible_sandbox() in (0, new.sandbox_id), false))
    execute function refuse_row_of_other_sandbox();

create trigger experience_event_of_visible_sandbox after insert on experience_event
    for each row when (
        new.sandbox_id::text is distinct from current_setting('pequel.sandbox', true)
        and not coalesce(visible_sandbox() in (0, new.sandbox_id), false))
    execute function refuse_row_of_other_sandbox();
