package dev.pequel.profile.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pequel.database.Database;
import dev.pequel.database.DatabaseException;
import dev.pequel.database.SandboxScope;
import dev.pequel.database.Sql;
import dev.pequel.profile.importing.AttributeLimit.OfImport;
import dev.pequel.profile.importing.ImportBatch.Outcome;
import dev.pequel.profile.importing.line.DocumentReader;
import dev.pequel.profile.importing.line.InvalidLine;
import dev.pequel.profile.importing.line.Line.ProfileLine;
import dev.pequel.profile.importing.line.LineError;
import dev.pequel.profile.importing.line.LineError.Code;
import dev.pequel.profile.store.StoreTransaction;
import dev.pequel.schema.SandboxSchemas;
import dev.pequel.tenant.Sandboxes;
import dev.pequel.tenant.Tenant;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sandbox has no more attributes than it may, whoever imports them, and when. */
@QuarkusTest
class AttributeLimitTest {

    /** Those that all profiles have here are {@code identityMap}, {@code identityMap.*} and {@code identityMap.*.id}. */
    private static final int LIMIT = 3 + 4;

    private static final ImportBatch<ProfileLine> REFUSED_BY_THE_DATABASE = (store, lines, now) -> {
        throw new SQLException("refused", "22000");
    };

    private final Tenant tenant = new Tenant("dev@Pequel", "attributes-" + UUID.randomUUID());

    @Inject
    Database database;

    @Inject
    Sandboxes sandboxes;

    @Inject
    SandboxScope rows;

    @Inject
    SandboxSchemas schemas;

    private AttributeLimit limit;
    private int lines;

    @BeforeEach
    void createLimit() {
        limit = new AttributeLimit(database, sandboxes, rows, schemas, new TestedImportSettings(100, LIMIT));
    }

    @Test
    void aLineWithOneAttributeTooManyIsRefusedAndTheOthersAreStored() {
        assertEquals(
                List.of("1", "2", "3: c.e", "4", "5: e"),
                imported("{'a':{'b':1}}", "{'a':{'b':2},'c':1}", "{'c':{'d':1,'e':1}}", "{'d':1}", "{'e':1}"));
        assertEquals(List.of("a", "a.b", "c", "d", "identityMap", "identityMap.*", "identityMap.*.id"), storedPaths());
        assertEquals(List.of("1: f", "2"), imported("{'f':1}", "{'d':{},'a':[{'b':[]}]}"));
    }

    /** Each of two imports would be within the limit alone. */
    @Test
    void importsAtTheSameTimeShareTheLimit() throws InvalidLine {
        OfImport<ProfileLine> one = begin();
        OfImport<ProfileLine> other = begin();
        assertEquals(List.of("1", "2", "3"), written(one, parsed(one, "{'a':1}", "{'b':1}", "{'c':1}")));
        assertEquals(List.of("4", "5: e", "6"), written(other, parsed(other, "{'d':1}", "{'e':1}", "{'a':1}")));
        // It expected to have it already.
        assertEquals(List.of("7: e", "8"), written(other, parsed(other, "{'e':2}", "{'c':1}")));
        assertEquals(List.of("9"), written(one, parsed(one, "{'d':1}")));
        assertEquals(List.of("a", "b", "c", "d", "identityMap", "identityMap.*", "identityMap.*.id"), storedPaths());
    }

    @Test
    void attributesOfLinesThatTheDatabaseRefusesAreNotForgottenLater() throws InvalidLine {
        OfImport<ProfileLine> one = begin();
        List<ProfileLine> first = parsed(one, "{'a':1}");
        assertEquals(List.of("refused"), written(one, first, REFUSED_BY_THE_DATABASE));
        assertEquals(List.of(), storedPaths());
        assertEquals(List.of("2"), written(one, parsed(one, "{'a':1}")));
        assertEquals(List.of("a", "identityMap", "identityMap.*", "identityMap.*.id"), storedPaths());
    }

    @Test
    void anObjectWithManyNamesIsStoredAsOnePath() {
        limit = new AttributeLimit(database, sandboxes, rows, schemas, new TestedImportSettings(100, 300));
        String many =
                IntStream.range(0, 256).mapToObj(i -> "'n" + i + "':1").collect(Collectors.joining(",", "{", "}"));
        assertEquals(List.of("1", "2: n40"), imported("{'m':" + many + "}", many));
        assertEquals(List.of("1", "2"), imported("{'m':{'one more':1}}", many));
        assertEquals(5 + 256, storedPaths().size());
    }

    // ---- Imports

    private OfImport<ProfileLine> begin() {
        return limit.begin(tenant, DocumentReader::profile);
    }

    /** One import; for each line its number, and why it was refused. */
    private List<String> imported(String... documents) {
        lines = 0;
        try {
            OfImport<ProfileLine> limited = begin();
            List<String> results = new ArrayList<>();
            for (String document : documents) {
                try {
                    results.addAll(written(limited, parsed(limited, document)));
                } catch (InvalidLine e) {
                    results.add(summary(e.at(lines)));
                }
            }
            return results;
        } finally {
            lines = 0;
        }
    }

    private List<ProfileLine> parsed(OfImport<ProfileLine> limited, String... documents) throws InvalidLine {
        List<ProfileLine> parsed = new ArrayList<>();
        ImportChunk.Parser<ProfileLine> parser = limited.parser();
        for (String document : documents) {
            lines++;
            String line = document.replace('\'', '"').replaceFirst("}$", "")
                    + (document.equals("{}") ? "" : ",")
                    + "\"identityMap\":{\"a\":[{\"id\":\"" + lines + "\"}]}}";
            parsed.add(parser.parse(lines, line.getBytes(StandardCharsets.UTF_8)));
        }
        return parsed;
    }

    private List<String> written(OfImport<ProfileLine> limited, List<ProfileLine> parsed) {
        return written(limited, parsed, new ProfileBatch());
    }

    private List<String> written(
            OfImport<ProfileLine> limited, List<ProfileLine> parsed, ImportBatch<ProfileLine> batch) {
        int sandbox = sandboxes.of(tenant).id();
        try {
            Outcome outcome = rows.ofSandbox(
                    sandbox,
                    () -> database.transaction(connection -> {
                        StoreTransaction store = StoreTransaction.begin(connection, sandbox);
                        Outcome written = limited.limiting(batch).write(store, parsed, Instant.EPOCH);
                        store.finish();
                        return written;
                    }));
            return parsed.stream()
                    .map(line -> outcome.errors().stream()
                            .filter(error -> error.line() == line.number())
                            .findFirst()
                            .map(AttributeLimitTest::summary)
                            .orElse(String.valueOf(line.number())))
                    .toList();
        } catch (DatabaseException e) {
            return List.of("refused");
        }
    }

    private static String summary(LineError error) {
        assertEquals(Code.TOO_MANY_ATTRIBUTES, error.code());
        return error.line() + ": " + error.message().replaceFirst("the attribute (\\S+) would exceed .*", "$1");
    }

    private List<String> storedPaths() {
        int sandbox = sandboxes.of(tenant).id();
        return rows.ofSandbox(
                sandbox,
                () -> database.call(connection -> Sql.list(
                        connection,
                        "select path from attribute_path where sandbox_id = ? order by path",
                        row -> row.getString(1),
                        sandbox)));
    }
}
