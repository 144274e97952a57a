package dev.pequel.profile.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.database.Database;
import dev.pequel.database.SandboxScope;
import dev.pequel.database.Sql;
import dev.pequel.profile.ProfilesChanged;
import dev.pequel.profile.importing.ImportJob.Content;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a file is cut into batches decides nothing: not who owns an identity, not which line is refused. */
@QuarkusTest
class ImportBatchesTest {

    @Inject
    Database database;

    @Inject
    Sandboxes sandboxes;

    @Inject
    SandboxScope rows;

    @Inject
    ImportJobRepository jobs;

    @Inject
    RunningImports running;

    @Inject
    ImportJobWriter writer;

    @Inject
    AttributeLimit attributes;

    @Inject
    Clock clock;

    @Inject
    Event<ProfilesChanged> changes;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void batchSizeDecidesNothing(int seed) throws IOException {
        Random random = new Random(seed);
        String profiles = lines(60, line -> profile(random));
        String events = lines(60, line -> event(random));

        assertEquals(
                imported("one-by-one-" + seed, 1, profiles, events),
                imported("at-once-" + seed, 1000, profiles, events));
        assertEquals(
                imported("by-seven-" + seed, 7, profiles, events),
                imported("at-once-" + seed + "-2", 1000, profiles, events));
    }

    private List<String> imported(String sandbox, int batchLines, String profiles, String events) throws IOException {
        Tenant tenant = new Tenant("dev@Pequel", "batches-" + sandbox);
        Imports imports = new Imports(
                database,
                sandboxes,
                rows,
                jobs,
                writer,
                running,
                attributes,
                new TestedImportSettings(batchLines, 1000),
                clock,
                new ImportMeters(new SimpleMeterRegistry()),
                changes);
        int id = sandboxes.of(tenant).id();
        List<String> result = new ArrayList<>();
        // Twice, so that there is something to replace.
        for (int round = 0; round < 2; round++) {
            result.add(summary(rows.ofSandbox(id, () -> imports.run(tenant, Content.PROFILES, stream(profiles)))));
            result.add(summary(rows.ofSandbox(id, () -> imports.run(tenant, Content.EVENTS, stream(events)))));
        }
        for (String sql : List.of(
                "select ordinal || ' ' || attributes from profile where sandbox_id = ? order by ordinal",
                "select namespace || id || ' ' || ordinal from profile_identity where sandbox_id = ? order by namespace, id",
                "select event_id || ' ' || (profile_id & 4294967295) || ' ' || body from experience_event where sandbox_id = ? order by event_id")) {
            result.addAll(rows.ofSandbox(
                    id, () -> database.call(connection -> Sql.list(connection, sql, row -> row.getString(1), id))));
        }
        return result;
    }

    private static String summary(ImportJob job) {
        return job.status() + " " + job.lines() + " " + job.created() + " " + job.updated() + " " + job.unchanged()
                + " " + job.errors();
    }

    /** Few identities, so that documents share, take over and fight for them; some documents cannot be stored. */
    private static String profile(Random random) {
        String identities = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> "\"%s\":[{\"id\":\"%d\"}]".formatted("abc".charAt(i), random.nextInt(8)))
                .collect(Collectors.joining(","));
        String value = switch (random.nextInt(30)) {
            case 0 -> "\"\\u0000\"";
            case 1 -> "\"\\ud83d\"";
            case 2 -> "1e5000";
            case 3 -> "\"\\ud83d\\ude00 \\\\u0000\"";
            default -> String.valueOf(random.nextInt());
        };
        return "{\"value\":%s,\"identityMap\":{%s}}".formatted(value, identities);
    }

    private static String event(Random random) {
        return "{\"_id\":\"%d\",\"timestamp\":%d,\"identityMap\":{\"a\":[{\"id\":\"%d\"}]}}"
                .formatted(random.nextInt(40), random.nextInt(), random.nextInt(8));
    }

    private static String lines(int count, java.util.function.IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n"));
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
