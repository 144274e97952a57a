-- Events of other things than audiences: the sandbox's schema and its profiles.
alter table audit_event
    alter column audience_id drop not null,
    alter column audience_name drop not null,
    add column subject text not null default 'audience' collate "C"
        check (subject in ('audience', 'schema', 'profile')),
    add check ((subject = 'audience') = (audience_id is not null)),
    add check ((subject = 'audience') = (audience_name is not null));

-- The trail only grows, so whatever it is asked for often must not read all of a sandbox's events. Events of audiences alone are
-- counted by the index of V8 that begins with the audience.
create index audit_event_of_caller on audit_event (sandbox_id, caller, sequence desc);
create index audit_event_of_others on audit_event (sandbox_id, subject, sequence desc) where audience_id is null;
