package dev.pequel.input;

import java.sql.Connection;
import java.sql.SQLException;

/** What the database holds of one sandbox. Two equal values mean that nothing was changed between them. */
record OwnedRows(String digest) {

    /** Numbers and members of segment definitions are left out: they are evaluated in the background, whenever that is. */
    static OwnedRows of(Connection database, int sandbox, boolean withImports) throws SQLException {
        String sql = """
                select concat_ws(' ',
                  (select count(*) from sandbox),
                  (select md5(string_agg(t::text, '|' order by t.id)) from audience t where sandbox_id = %1$d),
                  (select md5(string_agg(t::text, '|' order by t.id)) from audit_event t where sandbox_id = %1$d),
                  (select md5(string_agg(t::text, '|' order by t.id)) from profile t
                    where id >= %1$d::bigint << 32 and id < (%1$d + 1)::bigint << 32),
                  (select md5(string_agg(t::text, '|' order by t::text)) from profile_identity t where sandbox_id = %1$d),
                  (select md5(string_agg(t::text, '|' order by t.event_id)) from experience_event t where sandbox_id = %1$d),
                  (select md5(string_agg(t::text, '|' order by t::text)) from profile_store t where sandbox_id = %1$d),
                  (select md5(string_agg(t::text, '|' order by t::text)) from sandbox_schema t where sandbox_id = %1$d),
                  (select md5(string_agg(t::text, '|' order by t.id)) from preview t where sandbox_id = %1$d),
                  (select md5(string_agg(t::text, '|' order by t.id)) from schedule t where sandbox_id = %1$d),
                  (select string_agg(t.id::text, '|' order by t.id) from segment_job t where sandbox_id = %1$d),
                  (select string_agg(t.id::text, '|' order by t.id) from export_job t
                    where sandbox_id = %1$d and not removed),
                  (select last_number from export_job_counter where sandbox_id = %1$d),
                  (select md5(string_agg(m::text, '|' order by m.audience_id)) from segment_membership m
                    where sandbox_id = %1$d and audience_id in (select id from audience where expression_value is null)),
                  (select md5(string_agg(t::text, '|' order by t.id)) from import_job t where sandbox_id = %1$d and %2$s))
                """.formatted(sandbox, withImports);
        try (var statement = database.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return new OwnedRows(row.getString(1));
        }
    }
}
