-- Identities and the ids of events are compared byte by byte, which takes less time than any language's order; the indexes then
-- neither depend on the database's locale nor on the library that knows it, and Pequel's own order of ids is that of the index.
alter table profile_identity
    alter namespace type text collate "C",
    alter id type text collate "C";

alter table experience_event
    alter event_id type text collate "C";

-- Asked for each row of an import: the usual answer, that its sandbox is the one named, is found without anything else.
create or replace trigger profile_of_visible_sandbox after insert on profile
    for each row when (
        new.sandbox_id::text is distinct from current_setting('pequel.sandbox', true)
        and not coalesce(visible_sandbox() in (0, new.sandbox_id), false))
    execute function refuse_row_of_other_sandbox();

create or replace trigger profile_identity_of_visible_sandbox after insert on profile_identity
    for each row when (
        new.sandbox_id::text is distinct from current_setting('pequel.sandbox', true)
        and not coalesce(visible_sandbox() in (0, new.sandbox_id), false))
    execute function refuse_row_of_other_sandbox();

create or replace trigger experience_event_of_visible_sandbox after insert on experience_event
    for each row when (
        new.sandbox_id::text is distinct from current_setting('pequel.sandbox', true)
        and not coalesce(visible_sandbox() in (0, new.sandbox_id), false))
    execute function refuse_row_of_other_sandbox();
