package dev.pequel.audience;

import dev.pequel.audience.AudienceContent.Definition;
import dev.pequel.audience.AudienceContent.External;
import dev.pequel.database.Database;
import dev.pequel.database.Sql;
import dev.pequel.database.Sql.Change;
import dev.pequel.database.Sql.RowMapper;
import dev.pequel.expression.ExpressionDocument;
import dev.pequel.schema.SandboxSchemas;
import dev.pequel.tenant.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The table {@code audience}. Archived audiences are not found by anything here. What takes a connection works in the caller's
 * transaction.
 */
@ApplicationScoped
class AudienceRepository {

    /** A page, and how many audiences match on all pages together. */
    record Page<A>(List<A> audiences, long total) {}

    /**
     * Of what an audience's document is made. While it is the same, the document is.
     *
     * @param id the audience's
     * @param etag another one with every change of the audience itself
     * @param dependents as in {@link StoredAudience}
     */
    record Version(UUID id, UUID etag, List<UUID> dependents) {}

    private static final String DEPENDENTS = """
            array(
                select d.dependent from audience_dependency d
                where d.sandbox_id = a.sandbox_id and d.dependency = a.id order by d.sequence) as dependents\
            """;
    private static final String SELECT = "select a.*, " + DEPENDENTS;
    private static final String SELECT_VERSION = "select a.id, a.etag, " + DEPENDENTS;
    private static final String PRESENT = " from audience a where a.sandbox_id = ? and a.archived_at is null";

    /**
     * Those of {@link #PRESENT} with ids that follow. It says so in other words, for which PostgreSQL cannot use the index of all
     * present ones; while it believes the sandbox to be small, it would read that to find a few.
     */
    private static final String NAMED =
            " from audience a where a.sandbox_id = ? and a.lifecycle <> 'archived' and a.id";

    private static final String NEWEST_FIRST = "a.creation_time desc, a.sequence desc";

    private final Database database;

    /** By columns. */
    private final Map<List<String>, String> insertions = new ConcurrentHashMap<>();

    AudienceRepository(Database database) {
        this.database = database;
    }

    /** One audience, in one statement. */
    Optional<StoredAudience> find(Sandbox sandbox, UUID id) {
        return database.call(connection ->
                Sql.first(connection, SELECT + NAMED + " = ?", row -> stored(row, sandbox), sandbox.id(), id));
    }

    /** What tells whether audiences that were found before are still the same, of those that exist now. */
    Map<UUID, Version> versions(Sandbox sandbox, Set<UUID> ids) {
        boolean one = ids.size() == 1;
        List<Version> versions = database.call(connection -> Sql.list(
                connection,
                SELECT_VERSION + NAMED + (one ? " = ?" : " = any(?)"),
                AudienceRepository::version,
                sandbox.id(),
                one ? ids.iterator().next() : Sql.ids(ids)));
        return versions.stream().collect(Collectors.toMap(Version::id, Function.identity()));
    }

    /** Those of the audiences that exist. */
    List<StoredAudience> find(Sandbox sandbox, Collection<UUID> ids) {
        return database.call(connection -> Sql.list(
                connection, SELECT + NAMED + " = any(?)", row -> stored(row, sandbox), sandbox.id(), Sql.ids(ids)));
    }

    /** The same without who refers to them. */
    List<Audience> some(Sandbox sandbox, Collection<UUID> ids) {
        return database.call(connection -> Sql.list(
                connection,
                "select a.*" + NAMED + " = any(?)",
                row -> audience(row, sandbox),
                sandbox.id(),
                Sql.ids(ids)));
    }

    /** The audience, which nobody else can change until the transaction ends. */
    Optional<StoredAudience> lock(Connection connection, Sandbox sandbox, UUID id) throws SQLException {
        return Sql.first(
                connection, SELECT + NAMED + " = ? for no key update", row -> stored(row, sandbox), sandbox.id(), id);
    }

    /** All audiences of the sandbox, newest first. */
    List<Audience> list(Sandbox sandbox) {
        return database.call(connection -> Sql.list(
                connection,
                "select a.*" + PRESENT + " order by " + NEWEST_FIRST,
                row -> audience(row, sandbox),
                sandbox.id()));
    }

    /** All audiences that match, on whatever page they are. */
    List<Audience> listAll(Sandbox sandbox, AudienceQuery query) {
        List<Object> parameters = new ArrayList<>();
        String sql = "select a.*" + matching(sandbox, query, parameters) + order(query);
        return database.call(
                connection -> Sql.list(connection, sql, row -> audience(row, sandbox), parameters.toArray()));
    }

    /** One page of the audiences that match, and their number: in one statement, unless the page is empty. */
    Page<StoredAudience> page(Sandbox sandbox, AudienceQuery query) {
        return page(sandbox, query, SELECT, row -> stored(row, sandbox));
    }

    /** The same page, of each audience only what tells whether it has changed. */
    Page<Version> versions(Sandbox sandbox, AudienceQuery query) {
        return page(sandbox, query, SELECT_VERSION, AudienceRepository::version);
    }

    private <A> Page<A> page(Sandbox sandbox, AudienceQuery query, String select, RowMapper<A> mapper) {
        List<Object> parameters = new ArrayList<>();
        String count = "select count(*)" + matching(sandbox, query, parameters);
        Object[] ofCount = parameters.toArray();
        StringBuilder sql = new StringBuilder(select)
                .append(", (")
                .append(count)
                .append(") as total")
                .append(matching(sandbox, query, parameters))
                .append(order(query));
        query.limit().ifPresent(limit -> {
            sql.append(" limit ? offset ?");
            parameters.add(limit);
            parameters.add((long) query.start() * limit);
        });
        return database.call(connection -> {
            long[] total = {0};
            List<A> page = Sql.list(
                    connection,
                    sql.toString(),
                    row -> {
                        total[0] = row.getLong("total");
                        return mapper.map(row);
                    },
                    parameters.toArray());
            boolean beyondLast = page.isEmpty() && query.start() > 0;
            return new Page<>(page, beyondLast ? Sql.one(connection, count, row -> row.getLong(1), ofCount) : total[0]);
        });
    }

    /** How many audiences the sandbox has. */
    long count(Sandbox sandbox) {
        return database.call(
                connection -> Sql.one(connection, "select count(*)" + PRESENT, row -> row.getLong(1), sandbox.id()));
    }

    /**
     * What stores a new audience, and returns its name, if the sandbox has the schema of this version just then.
     *
     * @param schema as in {@link SandboxSchemas.Versioned}
     */
    Change insertion(Audience audience, Optional<UUID> schema) {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("id", audience.id());
        columns.put("sandbox_id", audience.sandbox().id());
        columns.put("created_by", audience.createdBy());
        columns.put("creation_time", audience.creationTime());
        putChangeable(columns, audience);
        // Always the same columns for a type of audience.
        String sql = insertions.computeIfAbsent(List.copyOf(columns.keySet()), AudienceRepository::insertion);
        List<Object> parameters = new ArrayList<>(columns.values());
        parameters.add(audience.sandbox().id());
        parameters.add(schema);
        return new Change(sql, parameters);
    }

    private static String insertion(List<String> columns) {
        return "insert into audience (" + String.join(", ", columns) + ") select "
                + columns.stream().map(AudienceRepository::placeholder).collect(Collectors.joining(", "))
                + " where " + SandboxSchemas.VERSION_IN_SQL + " is not distinct from ?::uuid returning name";
    }

    /** What stores the present state of an audience that was {@linkplain #lock locked}, and returns its name. */
    Change update(Audience audience) {
        Map<String, Object> columns = new LinkedHashMap<>();
        putChangeable(columns, audience);
        String assignments = String.join(
                ", ",
                columns.keySet().stream()
                        .map(column -> column + " = " + placeholder(column))
                        .toList());
        columns.put("sandbox_id", audience.sandbox().id());
        columns.put("id", audience.id());
        return Change.of(
                "update audience set " + assignments + " where sandbox_id = ? and id = ? returning name",
                columns.values().toArray());
    }

    /** What takes an audience that was {@linkplain #lock locked} out of every request's sight, and returns its name. */
    Change archiving(Audience archived) {
        return Change.of(
                """
                update audience set lifecycle = ?, archived_at = ?, update_time = ?, etag = ?
                where sandbox_id = ? and id = ? returning name
                """,
                archived.content().lifecycle().word(),
                archived.updateTime(),
                archived.updateTime(),
                archived.etag(),
                archived.sandbox().id(),
                archived.id());
    }

    /** Waits until nobody else changes references in the sandbox, and keeps others waiting until the transaction ends. */
    void lockReferences(Connection connection, Sandbox sandbox) throws SQLException {
        // The weakest lock that excludes itself: creating audiences, which only need the row to stay, goes on.
        Sql.one(connection, "select id from sandbox where id = ? for no key update", row -> true, sandbox.id());
    }

    /** Those of the audiences that exist, with the audiences that each refers to. */
    Map<UUID, List<UUID>> dependencies(Connection connection, Sandbox sandbox, Collection<UUID> ids)
            throws SQLException {
        Map<UUID, List<UUID>> found = new LinkedHashMap<>();
        Sql.each(
                connection,
                "select a.id, a.dependencies" + NAMED + " = any(?)",
                row -> found.put(row.getObject("id", UUID.class), ids(row, "dependencies")),
                sandbox.id(),
                Sql.ids(ids));
        return found;
    }

    /** The audiences that refer to an audience, oldest first. */
    List<Audience> dependents(Connection connection, Sandbox sandbox, UUID id) throws SQLException {
        return Sql.list(
                connection,
                "select a.*" + NAMED + " in (select d.dependent from audience_dependency d"
                        + " where d.sandbox_id = a.sandbox_id and d.dependency = ?) order by a.sequence",
                row -> audience(row, sandbox),
                sandbox.id(),
                id);
    }

    private static String matching(Sandbox sandbox, AudienceQuery query, List<Object> parameters) {
        StringBuilder sql = new StringBuilder(PRESENT);
        parameters.add(sandbox.id());
        for (AudienceFilter.Stored filter : query.conditions()) {
            sql.append(" and ").append(filter.condition());
            parameters.addAll(filter.parameters());
        }
        return sql.toString();
    }

    /** The order asked for, then the newest first, which is an order without ties. */
    private static String order(AudienceQuery query) {
        return " order by "
                + query.sort()
                        .filter(sort -> sort.attribute().kind() != Attribute.Kind.TOTAL)
                        .map(sort ->
                                sort.attribute().column() + (sort.descending() ? " desc" : " asc") + " nulls last, ")
                        .orElse("")
                + NEWEST_FIRST;
    }

    private static Version version(ResultSet row) throws SQLException {
        return new Version(row.getObject("id", UUID.class), row.getObject("etag", UUID.class), ids(row, "dependents"));
    }

    private static StoredAudience stored(ResultSet row, Sandbox sandbox) throws SQLException {
        return new StoredAudience(audience(row, sandbox), ids(row, "dependents"));
    }

    private static Audience audience(ResultSet row, Sandbox sandbox) throws SQLException {
        AudienceType type = AudienceType.of(row.getString("type")).orElseThrow();
        EvaluationChoice evaluation = new EvaluationChoice(
                row.getBoolean("batch"), row.getBoolean("continuous"), row.getBoolean("synchronous"));
        AudienceContent content = new AudienceContent(
                type,
                row.getString("name"),
                Optional.ofNullable(row.getString("description")),
                row.getString("namespace"),
                Lifecycle.of(row.getString("lifecycle")).orElseThrow(),
                list(row, "labels", String[].class),
                type.isExternal() ? external(row) : definition(row, evaluation));
        return new Audience(
                row.getObject("id", UUID.class),
                sandbox,
                row.getObject("etag", UUID.class),
                content,
                evaluation,
                ids(row, "dependencies"),
                row.getString("created_by"),
                Sql.instant(row, "creation_time"),
                Sql.instant(row, "update_time"));
    }

    private static Definition definition(ResultSet row, EvaluationChoice evaluation) throws SQLException {
        return new Definition(
                new ExpressionDocument(
                        row.getString("expression_type"),
                        row.getString("expression_format"),
                        row.getString("expression_value")),
                row.getString("schema_name"),
                row.getInt("ttl_in_days"),
                row.getString("profile_instance_id"),
                Optional.of(row.getString("merge_policy_id")),
                row.getBoolean("evaluation_chosen") ? Optional.of(evaluation) : Optional.empty(),
                row.getBoolean("exclude_opt_out"),
                row.getBoolean("override_performance_warnings"));
    }

    private static External external(ResultSet row) throws SQLException {
        return new External(
                row.getString("audience_id"),
                Optional.ofNullable(row.getString("dataset_id")),
                Optional.ofNullable(row.getString("audience_meta")),
                Optional.ofNullable(row.getString("linked_audience_ref")));
    }

    /** The columns that a change of an audience may change. */
    private static void putChangeable(Map<String, Object> columns, Audience audience) {
        AudienceContent content = audience.content();
        columns.put("etag", audience.etag());
        columns.put("update_time", audience.updateTime());
        columns.put("audience_id", audience.audienceId());
        columns.put("type", content.type().word());
        columns.put("name", content.name());
        columns.put("description", content.description());
        columns.put("folded_name", CaseFolding.fold(content.name()));
        columns.put("folded_description", content.description().map(CaseFolding::fold));
        columns.put("namespace", content.namespace());
        columns.put("lifecycle", content.lifecycle().word());
        columns.put("labels", content.labels().toArray(String[]::new));
        columns.put("dependencies", Sql.ids(audience.dependencies()));
        switch (content.origin()) {
            case Definition definition -> {
                columns.put("schema_name", definition.schemaName());
                columns.put("ttl_in_days", definition.ttlInDays());
                columns.put("profile_instance_id", definition.profileInstanceId());
                columns.put("expression_type", definition.expression().type());
                columns.put("expression_format", definition.expression().format());
                columns.put("expression_value", definition.expression().value());
                columns.put("merge_policy_id", audience.mergePolicyId(definition));
                columns.put("batch", audience.evaluation().batch());
                columns.put("continuous", audience.evaluation().continuous());
                columns.put("synchronous", audience.evaluation().synchronous());
                columns.put("evaluation_chosen", content.choosesEvaluation());
                columns.put("exclude_opt_out", definition.excludeOptOut());
                columns.put("override_performance_warnings", definition.overridePerformanceWarnings());
            }
            case External external -> {
                columns.put("evaluation_chosen", false);
                columns.put("dataset_id", external.datasetId());
                columns.put("audience_meta", external.audienceMeta());
                columns.put("linked_audience_ref", external.linkedAudienceRef());
            }
        }
    }

    private static String placeholder(String column) {
        return switch (column) {
            case "audience_meta", "linked_audience_ref" -> "?::jsonb";
            default -> "?";
        };
    }

    private static List<UUID> ids(ResultSet row, String column) throws SQLException {
        return list(row, column, UUID[].class);
    }

    private static <T> List<T> list(ResultSet row, String column, Class<T[]> type) throws SQLException {
        // Most are empty, and the driver takes long to find that out.
        return row.getString(column).equals("{}")
                ? List.of()
                : List.of(type.cast(row.getArray(column).getArray()));
    }
}
