-- One form for all tables. A statement that itself asks for the rows of one sandbox compares its number with the visible one once
-- and before anything is read, as both are equal to the same column; no row is looked at for it, and no subquery is prepared.
-- That needs an equality and nothing beside it, so work across sandboxes is done by a role that policies do not bind.
do $$
declare
    guarded record;
begin
    for guarded in
        select p.tablename as name, coalesce(a.attname, 'id') as sandbox
        from pg_policies p
            left join pg_attribute a on a.attrelid = p.tablename::regclass and a.atttypid = 'int'::regtype
                and a.attname in ('sandbox', 'sandbox_id')
        where p.schemaname = current_schema() and p.policyname = 'of_visible_sandbox'
    loop
        execute format('alter policy of_visible_sandbox on %I using (%I = visible_sandbox())', guarded.name, guarded.sandbox);
    end loop;
end
$$;
