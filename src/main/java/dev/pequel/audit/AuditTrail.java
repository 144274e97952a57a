package dev.pequel.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pequel.database.Database;
import dev.pequel.database.Sql;
import dev.pequel.database.Sql.Change;
import dev.pequel.error.RequestId;
import dev.pequel.tenant.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code audit_event}, in which rows are only ever added. */
@ApplicationScoped
public class AuditTrail {

    private static final String EVENT = """
            insert into audit_event (id, sandbox_id, audience_id, audience_name, action, caller, request_id, occurred_at, changes)
            select ?, ?, ?, changed.name, ?, ?, ?, ?, ?::json from changed
            """;

    private final Database database;
    private final RequestId requestId;

    AuditTrail(Database database, RequestId requestId) {
        this.database = database;
        this.requestId = requestId;
    }

    /**
     * Writes down what the current request does to what belongs to an audience.
     *
     * @param connection in the transaction of the change itself, so that there is never one without the other
     */
    public void record(Connection connection, Sandbox sandbox, AudienceChange change) throws SQLException {
        Change none = Change.of(
                "select name from audience where sandbox_id = ? and id = ?", sandbox.id(), change.audienceId());
        if (Sql.update(connection, recorded(sandbox, none, change)) == 0) {
            throw new IllegalStateException(
                    "there is no audience " + change.audienceId() + " of which to record a change");
        }
    }

    /**
     * A statement that changes an audience, and writes down in the same statement that the current request does so, if it changes
     * it.
     *
     * @param statement changes one audience or none, and returns its name
     */
    public Change recorded(Sandbox sandbox, Change statement, AudienceChange change) {
        List<Object> parameters = new ArrayList<>(statement.parameters());
        Collections.addAll(
                parameters,
                UUID.randomUUID(),
                sandbox.id(),
                change.audienceId(),
                change.action().word(),
                change.caller(),
                requestId.value(),
                change.time(),
                json(change.properties()));
        return new Change("with changed as (" + statement.sql() + ")\n" + EVENT, parameters);
    }

    /**
     * Writes down what the current request does to something else than an audience.
     *
     * @param connection in the transaction of the change itself
     */
    public void record(Connection connection, Sandbox sandbox, SandboxChange change) throws SQLException {
        Sql.update(
                connection,
                """
                insert into audit_event (id, sandbox_id, subject, action, caller, request_id, occurred_at, changes)
                values (?, ?, ?, ?, ?, ?, ?, ?::json)
                """,
                UUID.randomUUID(),
                sandbox.id(),
                change.subject().word(),
                change.action().word(),
                change.caller(),
                requestId.value(),
                change.time(),
                json(change.properties()));
    }

    private static String json(List<PropertyChange> changes) {
        ArrayNode properties = JsonNodeFactory.instance.arrayNode();
        changes.forEach(property -> properties.add(property.json()));
        return properties.toString();
    }

    /** Whether the sandbox has an event of this id. */
    boolean contains(Sandbox sandbox, UUID event) {
        return database.call(connection -> Sql.one(
                connection,
                "select exists(select from audit_event where sandbox_id = ? and id = ?)",
                row -> row.getBoolean(1),
                sandbox.id(),
                event));
    }

    /** The events that a query asks for, the newest first, and one more where there is one. */
    List<AuditEvent> list(Sandbox sandbox, AuditQuery query) {
        List<Object> parameters = new ArrayList<>();
        StringBuilder where = where(sandbox, query, parameters);
        // The sequence counts the events of all sandboxes, so it stays in here.
        query.start().ifPresent(start -> {
            where.append(" and sequence <= (select sequence from audit_event where sandbox_id = ? and id = ?)");
            parameters.add(sandbox.id());
            parameters.add(start);
        });
        parameters.add(query.limit() + 1);
        return database.call(
                connection -> Sql.list(connection, """
                select id, subject, audience_id, audience_name, action, caller, request_id, occurred_at, changes
                from audit_event where %s order by sequence desc limit ?
                """.formatted(where), AuditTrail::read, parameters.toArray()));
    }

    /** How many events a query asks for, on all pages together. */
    long count(Sandbox sandbox, AuditQuery query) {
        List<Object> parameters = new ArrayList<>();
        StringBuilder where = where(sandbox, query, parameters);
        return database.call(connection -> Sql.one(
                connection,
                "select count(*) from audit_event where " + where,
                row -> row.getLong(1),
                parameters.toArray()));
    }

    private static StringBuilder where(Sandbox sandbox, AuditQuery query, List<Object> parameters) {
        StringBuilder where = new StringBuilder("sandbox_id = ?");
        parameters.add(sandbox.id());
        query.subject().ifPresent(subject -> {
            // Not by the column of that name, which the index of audiences does not have.
            where.append(
                    subject == AuditSubject.AUDIENCE ? " and audience_id is not null" : " and audience_id is null");
            if (subject != AuditSubject.AUDIENCE) {
                where.append(" and subject = ?");
                parameters.add(subject.word());
            }
        });
        and(where, " and audience_id = ?", query.audience(), parameters);
        and(where, " and action = ?", query.action().map(AuditAction::word), parameters);
        and(where, " and caller = ?", query.caller(), parameters);
        and(where, " and occurred_at >= ?", query.from(), parameters);
        and(where, " and occurred_at < ?", query.to(), parameters);
        return where;
    }

    private static void and(StringBuilder where, String condition, Optional<?> parameter, List<Object> parameters) {
        parameter.ifPresent(value -> {
            where.append(condition);
            parameters.add(value);
        });
    }

    private static AuditEvent read(ResultSet row) throws SQLException {
        return new AuditEvent(
                row.getObject("id", UUID.class),
                row.getString("subject"),
                Optional.ofNullable(row.getObject("audience_id", UUID.class)),
                row.getString("audience_name"),
                row.getString("action"),
                row.getString("caller"),
                row.getString("request_id"),
                Sql.instant(row, "occurred_at"),
                row.getString("changes"));
    }
}
