package dev.pequel.profile.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.pequel.database.SandboxScope;
import dev.pequel.profile.importing.ImportJob.Content;
import dev.pequel.profile.importing.Imports;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SnapshotsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Tenant tenant = new Tenant("dev@Pequel", "snapshot-" + UUID.randomUUID());

    @Inject
    Imports imports;

    @Inject
    Snapshots snapshots;

    @Inject
    SnapshotReader reader;

    @Inject
    Sandboxes sandboxes;

    @Inject
    SandboxScope rows;

    /** As in a request of the tenant. */
    private <T, X extends Exception> T seen(SandboxScope.Work<T, X> work) throws X {
        return rows.ofSandbox(sandboxes.of(tenant).id(), work);
    }

    @Test
    void aSandboxWithoutProfilesHasAnEmptySnapshot() {
        ProfileSnapshot snapshot = seen(() -> snapshots.of(tenant));

        assertEquals(0, snapshot.size());
        assertEquals(Map.of(), snapshot.namespaces());
    }

    @Test
    void holdsProfilesWithTheirEventsInTheOrderOfTime() throws IOException {
        profiles(
                "{\"n\":1,\"identityMap\":{\"a\":[{\"id\":\"1\"}]}}",
                "{\"n\":2,\"identityMap\":{\"a\":[{\"id\":\"2\"}],\"b\":[]}}");
        events(
                "{\"_id\":\"late\",\"timestamp\":\"2026-01-02T00:00:00Z\",\"identityMap\":{\"a\":[{\"id\":\"2\"}]}}",
                "{\"_id\":\"early\",\"timestamp\":1,\"identityMap\":{\"a\":[{\"id\":\"2\"}]}}");

        ProfileSnapshot snapshot = seen(() -> snapshots.of(tenant));

        assertEquals(2, snapshot.size());
        assertEquals("{0,1}", snapshot.profiles().toString());
        assertEquals("{a={0,1}}", snapshot.namespaces().toString());
        Map<Integer, JsonNode> documents = documents(snapshot);
        assertEquals(1, documents.get(0).get("n").intValue());
        assertEquals("early", documents.get(1).at("/xEvent/0/_id").textValue());
        assertEquals("late", documents.get(1).at("/xEvent/1/_id").textValue());
    }

    @Test
    void isReadOnceAsLongAsNothingChanges() throws IOException {
        profiles("{\"identityMap\":{\"a\":[{\"id\":\"1\"}]}}");

        assertSame(seen(() -> snapshots.of(tenant)), seen(() -> snapshots.of(tenant)));
    }

    @Test
    void containsWhatWasImportedBeforeItWasAskedFor() throws IOException {
        profiles("{\"n\":1,\"identityMap\":{\"a\":[{\"id\":\"1\"}]}}");
        seen(() -> snapshots.of(tenant));
        profiles(
                "{\"n\":2,\"identityMap\":{\"a\":[{\"id\":\"1\"}]}}",
                "{\"n\":3,\"identityMap\":{\"a\":[{\"id\":\"2\"}]}}");

        Map<Integer, JsonNode> documents = documents(seen(() -> snapshots.of(tenant)));

        assertEquals(2, documents.get(0).get("n").intValue());
        assertEquals(3, documents.get(1).get("n").intValue());
    }

    /** Reading what changed gives the same as reading everything. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void anUpdatedSnapshotEqualsOneReadFromScratch(int seed) throws IOException {
        Random random = new Random(seed);
        for (int round = 0; round < 5; round++) {
            profiles(IntStream.range(0, 10).mapToObj(i -> profile(random)).toArray(String[]::new));
            events(IntStream.range(0, 10).mapToObj(i -> event(random)).toArray(String[]::new));

            ProfileSnapshot updated = seen(() -> snapshots.of(tenant));
            ProfileSnapshot fresh =
                    seen(() -> reader.read(sandboxes.of(tenant).id(), (bytes, expected) -> {}, () -> false));

            assertEquals(fresh.version(), updated.version());
            assertEquals(fresh.profiles(), updated.profiles());
            assertEquals(fresh.namespaces(), updated.namespaces());
            assertEquals(documents(fresh), documents(updated));
        }
    }

    private static String profile(Random random) {
        return "{\"value\":%d,\"identityMap\":{\"%s\":[{\"id\":\"%d\"}]}}"
                .formatted(random.nextInt(), "abc".charAt(random.nextInt(3)), random.nextInt(10));
    }

    private static String event(Random random) {
        return "{\"_id\":\"%d\",\"timestamp\":%d,\"identityMap\":{\"a\":[{\"id\":\"%d\"}]}}"
                .formatted(random.nextInt(), random.nextInt(), random.nextInt(10));
    }

    private void profiles(String... lines) throws IOException {
        seen(() -> imports.run(tenant, Content.PROFILES, stream(lines)));
    }

    private void events(String... lines) throws IOException {
        seen(() -> imports.run(tenant, Content.EVENTS, stream(lines)));
    }

    private static ByteArrayInputStream stream(String... lines) {
        return new ByteArrayInputStream(
                Arrays.stream(lines).collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8));
    }

    /** The documents of all profiles, as the columns hold them. */
    private static Map<Integer, JsonNode> documents(ProfileSnapshot snapshot) throws IOException {
        Map<Integer, JsonNode> documents = new TreeMap<>();
        for (ProfileSnapshot.Part part : snapshot.parts()) {
            for (int row : part.rows().toArray()) {
                try (TokenBuffer buffer = new TokenBuffer(JSON, false)) {
                    part.columns().input(1).orElseThrow().write(row, buffer);
                    documents.put(part.ordinal(row), JSON.readTree(buffer.asParser()));
                }
            }
        }
        return documents;
    }
}
