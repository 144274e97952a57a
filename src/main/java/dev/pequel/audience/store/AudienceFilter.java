package dev.pequel.audience.store;

import dev.pequel.audience.content.AudienceType;
import dev.pequel.audience.content.Lifecycle;
import dev.pequel.audience.store.AudienceField.Counted;
import dev.pequel.audience.store.AudienceField.OfDefinitions;
import dev.pequel.audience.store.AudienceField.OfSandbox;
import dev.pequel.audience.store.AudienceField.References;
import dev.pequel.audience.store.AudienceField.Stored;
import dev.pequel.http.request.RequestText;
import dev.pequel.pql.CaseFolding;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.tenant.Sandbox;
import jakarta.persistence.criteria.AbstractQuery;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;

/** A filter of a list of audiences. */
sealed interface AudienceFilter {

    /** A condition that the database checks. */
    record Condition(Predicates predicates) implements AudienceFilter {}

    /** Creates the predicate of a condition in a query. */
    interface Predicates {
        Predicate in(Rows rows);
    }

    /** A query for audiences that is being built. */
    record Rows(HibernateCriteriaBuilder builder, AbstractQuery<?> query, Root<Audience> audience, Sandbox sandbox) {}

    /**
     * A filter by the number of profiles, which is counted by evaluation and not stored with the audience.
     *
     * @param profiles the number of profiles that the audience must have
     */
    record Total(long profiles) implements AudienceFilter {}

    /** Upper bound of times in filters, below the maximum that the database can store. */
    Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

    /**
     * Parses a value of the query parameter {@code property}.
     *
     * @param property such as {@code expression.format==pql/text}
     */
    static AudienceFilter of(String property) {
        int equals = property.indexOf("==");
        if (equals < 1) {
            throw refused("must be written attribute==value, but is " + property);
        }
        String path = property.substring(0, equals);
        String value = property.substring(equals + 2);
        return AudienceField.at(path)
                .map(field -> exactly(field, value))
                .or(() -> AudienceField.around(path).map(field -> within(field, path, value)))
                .orElseThrow(() -> refused(path + " is not an attribute of audiences"));
    }

    /** Matches audiences whose folded attribute contains a text, ignoring case. The text has no wildcards. */
    static AudienceFilter contains(String foldedAttribute, String text) {
        String literal =
                CaseFolding.fold(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return new Condition(
                rows -> rows.builder().like(rows.audience().get(foldedAttribute), "%" + literal + "%", '\\'));
    }

    private static AudienceFilter exactly(AudienceField field, String value) {
        return switch (field.source()) {
            case Counted counted -> new Total(profiles(field, value));
            case OfSandbox shared -> {
                Optional<Object> wanted = value(field, value);
                yield new Condition(
                        rows -> wanted.equals(Optional.of(shared.value().apply(rows.sandbox())))
                                ? rows.builder().conjunction()
                                : never(rows));
            }
            case OfDefinitions shared ->
                new Condition(rows -> rows.builder().equal(shared.in(rows.builder(), rows.audience()), value));
            case References references ->
                RequestText.id(value)
                        .map(id -> new Condition(rows -> refers(rows, references, id)))
                        .orElse(new Condition(AudienceFilter::never));
            case Stored stored -> exactly(field, stored, value);
        };
    }

    private static Condition exactly(AudienceField field, Stored stored, String value) {
        return switch (field.kind()) {
            case TEXTS -> new Condition(rows -> rows.builder().arrayContains(stored.in(rows.audience()), value));
            case JSON -> throw refused(field.path() + " is not a single value; name one in it with further dots");
            case SECONDS -> {
                Instant second = instant(field, value, 1000);
                yield new Condition(rows -> {
                    Path<Instant> time = stored.in(rows.audience());
                    return rows.builder()
                            .and(
                                    rows.builder().greaterThanOrEqualTo(time, second),
                                    rows.builder().lessThan(time, second.plusSeconds(1)));
                });
            }
            case ENTITY_TAG ->
                RequestText.id(value.replace("\"", ""))
                        .map(tag -> new Condition(rows -> hasTag(rows, tag)))
                        .orElse(new Condition(AudienceFilter::never));
            case TYPE -> {
                List<AudienceType> types = types(field, value);
                yield new Condition(rows -> stored.in(rows.audience()).in(types));
            }
            case TEXT, NUMBER, FLAG, ID, LIFECYCLE, MILLISECONDS -> {
                Optional<Object> wanted = value(field, value);
                yield new Condition(rows -> wanted.isPresent()
                        ? rows.builder().equal(stored.in(rows.audience()), wanted.get())
                        : never(rows));
            }
            case IDS, TOTAL -> throw new IllegalStateException(field.path() + " is no attribute of the entity");
        };
    }

    /** Converts the value of a filter; empty for a malformed id, which matches no audience. */
    private static Optional<Object> value(AudienceField field, String value) {
        return switch (field.kind()) {
            case TEXT -> Optional.of(value);
            case NUMBER -> Optional.of(number(field, value));
            case FLAG -> Optional.of(flag(field, value));
            case ID -> RequestText.id(value).map(Object.class::cast);
            case LIFECYCLE ->
                Optional.of(Lifecycle.of(value).orElseThrow(() -> malformed(field, "a lifecycle", value)));
            case MILLISECONDS -> Optional.of(instant(field, value, 1));
            case TYPE, ENTITY_TAG, SECONDS, TEXTS, IDS, TOTAL, JSON ->
                throw new IllegalStateException(field.path() + " is not compared with a single value");
        };
    }

    private static Predicate hasTag(Rows rows, UUID tag) {
        Path<UUID> id = rows.audience().get("id");
        return rows.builder()
                .and(
                        rows.builder().between(id, EntityTags.firstId(tag), EntityTags.lastId(tag)),
                        rows.builder().equal(rows.audience().get("version"), EntityTags.version(tag)));
    }

    /** Matches audiences that refer to another one, or to which that one refers. */
    private static Predicate refers(Rows rows, References references, UUID other) {
        Subquery<Integer> reference = rows.query().subquery(Integer.class);
        Root<AudienceDependency> dependency = reference.from(AudienceDependency.class);
        Expression<UUID> dependent = dependency.get("dependent").get("id");
        Expression<UUID> dependencyId = dependency.get("dependencyId");
        boolean refersToOther = references == References.DEPENDENCIES;
        reference
                .select(rows.builder().literal(1))
                .where(
                        rows.builder()
                                .equal(
                                        refersToOther ? dependent : dependencyId,
                                        rows.audience().get("id")),
                        rows.builder().equal(refersToOther ? dependencyId : dependent, other));
        return rows.builder().exists(reference);
    }

    /** Matches a value in free-form JSON, compared as text. */
    private static AudienceFilter within(AudienceField field, String path, String value) {
        Stored stored = (Stored) field.source();
        // One array parameter, because functions of PostgreSQL take at most 100 arguments.
        String[] names = path.substring(field.path().length() + 1).split("\\.", -1);
        return new Condition(rows -> rows.builder()
                .equal(
                        rows.builder()
                                .sql(
                                        "(? #>> ?)",
                                        String.class,
                                        stored.in(rows.audience()),
                                        rows.builder().value(names)),
                        value));
    }

    private static Predicate never(Rows rows) {
        return rows.builder().disjunction();
    }

    private static List<AudienceType> types(AudienceField field, String value) {
        AudienceType type = AudienceType.of(value).orElseThrow(() -> malformed(field, "a type", value));
        return Arrays.stream(AudienceType.values())
                .filter(other -> other.isExternal() == type.isExternal())
                .toList();
    }

    private static int number(AudienceField field, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException notANumber) {
            throw malformed(field, "a whole number", value);
        }
    }

    private static long profiles(AudienceField field, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException notANumber) {
            throw malformed(field, "a whole number", value);
        }
    }

    private static boolean flag(AudienceField field, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw malformed(field, "true or false", value);
        };
    }

    private static Instant instant(AudienceField field, String value, long factor) {
        try {
            Instant instant = Instant.ofEpochMilli(Math.multiplyExact(Long.parseLong(value), factor));
            if (!instant.isBefore(Instant.EPOCH) && instant.isBefore(END_OF_TIME)) {
                return instant;
            }
        } catch (NumberFormatException | ArithmeticException notATime) {
            // Refused below, like a time out of range.
        }
        throw malformed(field, factor == 1 ? "milliseconds since 1970" : "seconds since 1970", value);
    }

    private static InvalidRequest malformed(AudienceField field, String expected, String value) {
        return refused(field.path() + " must be compared with " + expected + ", not with " + value);
    }

    private static InvalidRequest refused(String message) {
        return new InvalidRequest("property", message);
    }
}
