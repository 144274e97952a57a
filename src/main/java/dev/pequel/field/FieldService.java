package dev.pequel.field;

import dev.pequel.expression.limit.Deadline;
import dev.pequel.expression.limit.Deadlines;
import dev.pequel.expression.limit.EvaluationLimiter;
import dev.pequel.problem.ClientLeft;
import dev.pequel.problem.Forbidden;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.NotFound;
import dev.pequel.problem.TooManyRequests;
import dev.pequel.problem.TookTooLong;
import dev.pequel.profile.snapshot.ProfileSnapshot;
import dev.pequel.profile.snapshot.Snapshots;
import dev.pequel.schema.SandboxSchemas;
import dev.pequel.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Lists the fields of a sandbox's profiles and their values, from the current snapshot. */
@ApplicationScoped
class FieldService {

    private final SandboxSchemas schemas;
    private final Snapshots snapshots;
    private final EvaluationLimiter turns;
    private final Deadlines deadlines;
    private final FieldSettings settings;

    FieldService(
            SandboxSchemas schemas,
            Snapshots snapshots,
            EvaluationLimiter turns,
            Deadlines deadlines,
            FieldSettings settings) {
        this.schemas = schemas;
        this.snapshots = snapshots;
        this.turns = turns;
        this.deadlines = deadlines;
        this.settings = settings;
    }

    /**
     * Lists fields in the order of their paths.
     *
     * @param prefix the beginning of the paths, in any letter case
     * @param limit maximum number of fields
     * @throws TooManyRequests when too many evaluations of the organization are waiting already
     * @throws TookTooLong when waiting and counting together exceed the deadline
     * @throws ClientLeft when the client has closed the connection
     */
    FieldsAnswer fields(Tenant tenant, String prefix, int limit) {
        Deadline deadline = deadlines.start();
        ProfileSnapshot snapshot = snapshots.of(tenant, deadline.left());
        List<Field> found = FieldCatalog.of(schemas.of(tenant), snapshot).entrySet().stream()
                .filter(field -> field.getKey().regionMatches(true, 0, prefix, 0, prefix.length()))
                .map(Map.Entry::getValue)
                .toList();
        List<FieldsAnswer.Counted> counted = turns.take(
                tenant,
                deadline,
                () -> found.stream()
                        .limit(limit)
                        .map(field -> new FieldsAnswer.Counted(
                                field.path(),
                                field.type().notation(),
                                FieldPresence.count(snapshot, field, () -> check(deadline)),
                                field.inSchema()))
                        .toList());
        return new FieldsAnswer(snapshot.size(), found.size(), counted);
    }

    /**
     * Lists the distinct strings of a field, the most frequent first.
     *
     * @param prefix the beginning of the strings, in any letter case
     * @param limit maximum number of strings
     * @throws Forbidden when values are not to be listed
     * @throws NotFound when neither the schema nor the data have the field
     * @throws InvalidRequest when the field has too many distinct strings
     * @throws TooManyRequests when too many evaluations of the organization are waiting already
     * @throws TookTooLong when waiting and counting together exceed the deadline
     * @throws ClientLeft when the client has closed the connection
     */
    FieldValuesAnswer values(Tenant tenant, String path, String prefix, int limit) {
        if (!settings.values()) {
            throw new Forbidden("This service does not list values of fields.");
        }
        Deadline deadline = deadlines.start();
        ProfileSnapshot snapshot = snapshots.of(tenant, deadline.left());
        Field field = Optional.ofNullable(
                        FieldCatalog.of(schemas.of(tenant), snapshot).get(path))
                .orElseThrow(() -> new NotFound("There is no field `" + path + "`."));
        long distinct = FieldColumns.at(snapshot, field.names()).strings();
        if (distinct > settings.maxDistinctValues()) {
            throw new InvalidRequest(
                    "path",
                    "has " + distinct + " distinct values, more than the " + settings.maxDistinctValues()
                            + " that can be listed");
        }
        List<FieldValues.Value> values =
                turns.take(tenant, deadline, () -> FieldValues.of(snapshot, field, prefix, () -> check(deadline)));
        return new FieldValuesAnswer(
                path,
                values.size(),
                values.stream()
                        .limit(limit)
                        .map(value -> new FieldValuesAnswer.Counted(value.text(), value.profiles()))
                        .toList());
    }

    private static void check(Deadline deadline) {
        if (deadline.isCancelled()) {
            throw new CancellationException("The counting was cancelled.");
        }
    }
}
