package dev.pequel.audience;

import static dev.pequel.audience.Attribute.Access.CLIENT;
import static dev.pequel.audience.Attribute.Access.CLIENT_IF_EXTERNAL;
import static dev.pequel.audience.Attribute.Access.SERVER;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An attribute of audiences: the one table of what the query parameters {@code property} and {@code sort} may name, where it
 * is stored, and who writes it.
 *
 * @param path its place in an audience's JSON, dots between the levels
 * @param kind how its values are written and compared
 * @param column where it is stored, in SQL; {@code a} is the audience
 */
record Attribute(String path, Kind kind, String column, Access access) {

    /** Who decides about an attribute's value. */
    enum Access {
        /** The server; clients only read it. */
        SERVER,
        /** The client. */
        CLIENT,
        /** The client for an external audience, else the server. */
        CLIENT_IF_EXTERNAL
    }

    /** How an attribute's values are written in a filter and compared. */
    enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        ID,
        TYPE,
        LIFECYCLE,
        ENTITY_TAG,
        /** A point in time, in milliseconds since 1970. */
        MILLISECONDS,
        /** A point in time, in seconds since 1970. */
        SECONDS,
        /** A list; a filter asks for one element. */
        TEXTS,
        /** A list of audiences; a filter asks for one. */
        IDS,
        /** The audiences that refer to this one; a filter asks for one. */
        DEPENDENTS,
        /** The number of profiles, which is no column: it is known after the audience was evaluated. */
        TOTAL,
        /** Any JSON; a filter names a value in it by further dots. */
        JSON
    }

    private static final List<Attribute> ALL = List.of(
            new Attribute("id", Kind.ID, "a.id", SERVER),
            new Attribute("audienceId", Kind.TEXT, "a.audience_id", CLIENT_IF_EXTERNAL),
            new Attribute("schema.name", Kind.TEXT, "a.schema_name", CLIENT),
            new Attribute("ttlInDays", Kind.NUMBER, "a.ttl_in_days", CLIENT),
            new Attribute("profileInstanceId", Kind.TEXT, "a.profile_instance_id", CLIENT),
            new Attribute("imsOrgId", Kind.TEXT, ofSandbox("organization"), SERVER),
            new Attribute("sandbox.sandboxId", Kind.ID, ofSandbox("public_id"), SERVER),
            new Attribute("sandbox.sandboxName", Kind.TEXT, ofSandbox("name"), SERVER),
            new Attribute("sandbox.type", Kind.TEXT, ofSandbox("type"), SERVER),
            new Attribute("sandbox.default", Kind.FLAG, ofSandbox("is_default"), SERVER),
            new Attribute("isSystem", Kind.FLAG, "case when a.id is null then true else false end", SERVER),
            new Attribute("name", Kind.TEXT, "a.name", CLIENT),
            new Attribute("description", Kind.TEXT, "a.description", CLIENT),
            new Attribute("expression.type", Kind.TEXT, "a.expression_type", CLIENT),
            new Attribute("expression.format", Kind.TEXT, "a.expression_format", CLIENT),
            new Attribute("expression.value", Kind.TEXT, "a.expression_value", CLIENT),
            new Attribute("mergePolicyId", Kind.TEXT, "a.merge_policy_id", CLIENT),
            new Attribute("evaluationInfo.batch.enabled", Kind.FLAG, "a.batch", CLIENT),
            new Attribute("evaluationInfo.continuous.enabled", Kind.FLAG, "a.continuous", CLIENT),
            new Attribute("evaluationInfo.synchronous.enabled", Kind.FLAG, "a.synchronous", CLIENT),
            new Attribute("dataGovernancePolicy.excludeOptOut", Kind.FLAG, "a.exclude_opt_out", CLIENT),
            new Attribute("creationTime", Kind.MILLISECONDS, "a.creation_time", SERVER),
            new Attribute("updateEpoch", Kind.SECONDS, "a.update_time", SERVER),
            new Attribute("updateTime", Kind.MILLISECONDS, "a.update_time", SERVER),
            new Attribute("createEpoch", Kind.SECONDS, "a.creation_time", SERVER),
            new Attribute("_etag", Kind.ENTITY_TAG, "a.etag", SERVER),
            new Attribute("dependents", Kind.DEPENDENTS, "a.id", SERVER),
            new Attribute("definedOn.meta:resourceType", Kind.TEXT, onlyOfDefinitions("unions"), SERVER),
            new Attribute("definedOn.meta:containerId", Kind.TEXT, onlyOfDefinitions("tenant"), SERVER),
            new Attribute("definedOn.$ref", Kind.TEXT, onlyOfDefinitions(AudienceDocument.UNION_SCHEMA), SERVER),
            new Attribute("dependencies", Kind.IDS, "a.dependencies", SERVER),
            new Attribute("totalProfiles", Kind.TOTAL, "", SERVER),
            new Attribute("metrics.data.totalProfiles", Kind.TOTAL, "", SERVER),
            new Attribute("type", Kind.TYPE, "a.type", CLIENT),
            new Attribute("overridePerformanceWarnings", Kind.FLAG, "a.override_performance_warnings", CLIENT),
            new Attribute("createdBy", Kind.TEXT, "a.created_by", SERVER),
            new Attribute("lifecycle", Kind.LIFECYCLE, "a.lifecycle", CLIENT),
            new Attribute("labels", Kind.TEXTS, "a.labels", CLIENT),
            new Attribute("namespace", Kind.TEXT, "a.namespace", CLIENT),
            new Attribute("datasetId", Kind.TEXT, "a.dataset_id", CLIENT),
            new Attribute("audienceMeta", Kind.JSON, "a.audience_meta", CLIENT),
            new Attribute("linkedAudienceRef", Kind.JSON, "a.linked_audience_ref", CLIENT));

    private static final Set<String> OF_SERVER =
            Stream.concat(paths(SERVER), Stream.of("metrics", "warnings")).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> OF_CLIENT_IF_EXTERNAL =
            paths(CLIENT_IF_EXTERNAL).collect(Collectors.toUnmodifiableSet());

    /** The attribute that a path names exactly. */
    static Optional<Attribute> at(String path) {
        return ALL.stream().filter(attribute -> attribute.path.equals(path)).findFirst();
    }

    /** The free JSON that a path leads into. */
    static Optional<Attribute> around(String path) {
        return ALL.stream()
                .filter(attribute -> attribute.kind == Kind.JSON && path.startsWith(attribute.path + "."))
                .findFirst();
    }

    /** Whether a property of an audience's JSON is the server's alone. What no attribute is called is nobody's. */
    static boolean isReadOnly(String property, AudienceType type) {
        return OF_SERVER.contains(property) || OF_CLIENT_IF_EXTERNAL.contains(property) && !type.isExternal();
    }

    /** The paths of the attributes with an access, and the objects that they are in. */
    private static Stream<String> paths(Access access) {
        return ALL.stream()
                .filter(attribute -> attribute.access == access)
                .flatMap(attribute -> Stream.iterate(
                        attribute.path,
                        path -> !path.isEmpty(),
                        path -> path.substring(0, Math.max(0, path.lastIndexOf('.')))));
    }

    /** Whether audiences can be put in its order. */
    boolean isScalar() {
        return switch (kind) {
            case TEXT, NUMBER, FLAG, ID, TYPE, LIFECYCLE, ENTITY_TAG, MILLISECONDS, SECONDS, TOTAL -> true;
            case TEXTS, IDS, DEPENDENTS, JSON -> false;
        };
    }

    private static String ofSandbox(String column) {
        return "(select " + column + " from sandbox where id = a.sandbox_id)";
    }

    private static String onlyOfDefinitions(String value) {
        return "case when a.expression_value is not null then '" + value + "' end";
    }
}
