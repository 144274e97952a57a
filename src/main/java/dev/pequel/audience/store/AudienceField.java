package dev.pequel.audience.store;

import static dev.pequel.audience.store.AudienceField.Access.CLIENT;
import static dev.pequel.audience.store.AudienceField.Access.CLIENT_BY_OTHER_NAME;
import static dev.pequel.audience.store.AudienceField.Access.CLIENT_IF_EXTERNAL;
import static dev.pequel.audience.store.AudienceField.Access.SERVER;

import dev.pequel.audience.content.AudienceType;
import dev.pequel.tenant.Sandbox;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Nulls;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Root;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A field of audiences: where it is stored, how it is filtered and sorted, and who may write it. The query parameters
 * {@code property} and {@code sort} name these fields.
 *
 * @param path the path in an audience's JSON, with dots between the levels
 * @param kind how values are written and compared
 */
public record AudienceField(String path, Kind kind, Source source, Access access) {

    /** The party that writes a field's value. */
    enum Access {
        /** The server; clients only read it. */
        SERVER,
        /** The client. */
        CLIENT,
        /** The client for an external audience, otherwise the server. */
        CLIENT_IF_EXTERNAL,
        /** The client; the field is an alias of another field. */
        CLIENT_BY_OTHER_NAME
    }

    /** How a field's values are written in a filter and compared. */
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
        /** A list of strings; a filter matches one element. */
        TEXTS,
        /** A list of ids of audiences; a filter matches one element. */
        IDS,
        /** The number of profiles, which is known only after evaluation. */
        TOTAL,
        /** Free-form JSON; a filter names a value inside it by further dots. */
        JSON
    }

    /** The source of a field's values. */
    sealed interface Source {}

    /** An attribute of the entity, with dots between the levels. */
    record Stored(String attribute) implements Source {

        @SuppressWarnings("unchecked")
        <T> Path<T> in(Root<Audience> audience) {
            Path<?> path = audience;
            for (String name : attribute.split("\\.")) {
                path = path.get(name);
            }
            return (Path<T>) path;
        }
    }

    /** A value that all audiences of a sandbox share. */
    record OfSandbox(Function<Sandbox, Object> value) implements Source {}

    /** A value that all segment definitions share, and external audiences do not have. */
    record OfDefinitions(String value) implements Source {

        Expression<String> in(CriteriaBuilder builder, Root<Audience> audience) {
            return builder.<String>selectCase()
                    .when(builder.isNotNull(audience.get("definition").get("expressionValue")), value)
                    .otherwise(builder.nullLiteral(String.class));
        }
    }

    /** The references from or to an audience. */
    enum References implements Source {
        DEPENDENCIES,
        DEPENDENTS
    }

    /** A value that is counted by evaluation and not stored with the audience. */
    record Counted() implements Source {}

    private static final List<AudienceField> ALL = List.of(
            stored("id", Kind.ID, "id", SERVER),
            stored("audienceId", Kind.TEXT, "audienceId", CLIENT_IF_EXTERNAL),
            stored("schema.name", Kind.TEXT, "definition.schemaName", CLIENT),
            stored("ttlInDays", Kind.NUMBER, "definition.ttlInDays", CLIENT),
            stored("profileInstanceId", Kind.TEXT, "definition.profileInstanceId", CLIENT),
            ofSandbox("imsOrgId", Kind.TEXT, sandbox -> sandbox.tenant().organization()),
            ofSandbox("sandbox.sandboxId", Kind.ID, Sandbox::sandboxId),
            ofSandbox(
                    "sandbox.sandboxName",
                    Kind.TEXT,
                    sandbox -> sandbox.tenant().sandbox()),
            ofSandbox("sandbox.type", Kind.TEXT, Sandbox::type),
            ofSandbox("sandbox.default", Kind.FLAG, Sandbox::isDefault),
            ofSandbox("isSystem", Kind.FLAG, sandbox -> false),
            stored("name", Kind.TEXT, "name", CLIENT),
            stored("description", Kind.TEXT, "description", CLIENT),
            stored("expression.type", Kind.TEXT, "definition.expressionType", CLIENT),
            stored("expression.format", Kind.TEXT, "definition.expressionFormat", CLIENT),
            stored("expression.value", Kind.TEXT, "definition.expressionValue", CLIENT),
            stored("mergePolicyId", Kind.TEXT, "definition.mergePolicyId", CLIENT),
            stored("evaluationInfo.batch.enabled", Kind.FLAG, "definition.batch", CLIENT),
            stored("evaluationInfo.continuous.enabled", Kind.FLAG, "definition.continuous", CLIENT),
            stored("evaluationInfo.synchronous.enabled", Kind.FLAG, "definition.synchronous", CLIENT),
            stored("dataGovernancePolicy.excludeOptOut", Kind.FLAG, "definition.excludeOptOut", CLIENT),
            stored("creationTime", Kind.MILLISECONDS, "creationTime", SERVER),
            stored("updateEpoch", Kind.SECONDS, "updateTime", SERVER),
            stored("updateTime", Kind.MILLISECONDS, "updateTime", SERVER),
            stored("createEpoch", Kind.SECONDS, "creationTime", SERVER),
            stored("_etag", Kind.ENTITY_TAG, "id", SERVER),
            new AudienceField("dependents", Kind.IDS, References.DEPENDENTS, SERVER),
            ofDefinitions("definedOn.meta:resourceType", "unions"),
            ofDefinitions("definedOn.meta:containerId", "tenant"),
            ofDefinitions("definedOn.$ref", SegmentDefinitionDocument.UNION_SCHEMA),
            new AudienceField("dependencies", Kind.IDS, References.DEPENDENCIES, SERVER),
            new AudienceField("totalProfiles", Kind.TOTAL, new Counted(), SERVER),
            new AudienceField("metrics.data.totalProfiles", Kind.TOTAL, new Counted(), SERVER),
            stored("type", Kind.TYPE, "type", CLIENT),
            stored("overridePerformanceWarnings", Kind.FLAG, "definition.overridePerformanceWarnings", CLIENT),
            stored("createdBy", Kind.TEXT, "createdBy", SERVER),
            stored("lifecycle", Kind.LIFECYCLE, "lifecycle", CLIENT),
            stored("lifecycleState", Kind.LIFECYCLE, "lifecycle", CLIENT_BY_OTHER_NAME),
            stored("labels", Kind.TEXTS, "labels", CLIENT),
            stored("tags", Kind.TEXTS, "tags", CLIENT),
            stored("originName", Kind.TEXT, "originName", CLIENT),
            stored("namespace", Kind.TEXT, "namespace", CLIENT),
            stored("datasetId", Kind.TEXT, "datasetId", CLIENT),
            stored("audienceMeta", Kind.JSON, "audienceMeta", CLIENT),
            stored("linkedAudienceRef", Kind.JSON, "linkedAudienceRef", CLIENT));

    /** Properties of responses that are not fields: they can be neither filtered nor sorted by. */
    private static final List<String> ONLY_IN_ANSWERS = List.of("metrics", "metricsError", "warnings");

    /** All top-level properties of an audience's JSON. */
    public static final Set<String> PROPERTIES = Stream.concat(
                    ALL.stream().map(field -> firstName(field.path)), ONLY_IN_ANSWERS.stream())
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> OF_SERVER =
            Stream.concat(paths(SERVER), ONLY_IN_ANSWERS.stream()).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> OTHER_NAMES = paths(CLIENT_BY_OTHER_NAME).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> OF_CLIENT_IF_EXTERNAL =
            paths(CLIENT_IF_EXTERNAL).collect(Collectors.toUnmodifiableSet());

    /** Returns the field with a path. */
    static Optional<AudienceField> at(String path) {
        return ALL.stream().filter(field -> field.path.equals(path)).findFirst();
    }

    /** Returns the field with free-form JSON that contains a path. */
    static Optional<AudienceField> around(String path) {
        return ALL.stream()
                .filter(field -> field.kind == Kind.JSON && path.startsWith(field.path + "."))
                .findFirst();
    }

    private static String firstName(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    /** Whether a path names a field, an object with fields, or a part of a list or of free-form JSON. */
    public static boolean isKnown(String path) {
        return ALL.stream()
                .anyMatch(field -> field.path.equals(path)
                        || field.path.startsWith(path + ".")
                        || field.hasParts() && path.startsWith(field.path + "."));
    }

    private boolean hasParts() {
        return switch (kind) {
            case TEXTS, IDS, JSON -> true;
            case TEXT, NUMBER, FLAG, ID, TYPE, LIFECYCLE, ENTITY_TAG, MILLISECONDS, SECONDS, TOTAL -> false;
        };
    }

    /** Whether only the server writes a top-level property. Unknown properties are not read-only. */
    public static boolean isReadOnly(String property, AudienceType type) {
        return OF_SERVER.contains(property) || OF_CLIENT_IF_EXTERNAL.contains(property) && !type.isExternal();
    }

    /** Whether the audit trail records changes of a property: those that clients can write, without aliases. */
    public static boolean isAudited(String property, AudienceType type) {
        return !isReadOnly(property, type) && !OTHER_NAMES.contains(property);
    }

    /** Returns the paths of the fields with an access and of the objects that contain them. */
    private static Stream<String> paths(Access access) {
        return ALL.stream()
                .filter(field -> field.access == access)
                .flatMap(field -> Stream.iterate(
                        field.path,
                        path -> !path.isEmpty(),
                        path -> path.substring(0, Math.max(0, path.lastIndexOf('.')))));
    }

    /** Whether audiences can be sorted by it. */
    boolean isScalar() {
        return !hasParts();
    }

    /** Returns the order by this field, with missing values last; empty if no column of the audience has the value. */
    Optional<Order> order(CriteriaBuilder builder, Root<Audience> audience, boolean descending) {
        Optional<Expression<?>> column = switch (source) {
            case Stored stored -> Optional.of(stored.in(audience));
            case OfDefinitions shared -> Optional.of(shared.in(builder, audience));
            case OfSandbox shared -> Optional.empty();
            case References references -> Optional.empty();
            case Counted counted -> Optional.empty();
        };
        return column.map(
                expression -> descending ? builder.desc(expression, Nulls.LAST) : builder.asc(expression, Nulls.LAST));
    }

    private static AudienceField stored(String path, Kind kind, String attribute, Access access) {
        return new AudienceField(path, kind, new Stored(attribute), access);
    }

    private static AudienceField ofSandbox(String path, Kind kind, Function<Sandbox, Object> value) {
        return new AudienceField(path, kind, new OfSandbox(value), SERVER);
    }

    private static AudienceField ofDefinitions(String path, String value) {
        return new AudienceField(path, Kind.TEXT, new OfDefinitions(value), SERVER);
    }
}
