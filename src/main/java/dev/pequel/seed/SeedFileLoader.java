package dev.pequel.seed;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pequel.audience.AudienceStore;
import dev.pequel.database.Database;
import dev.pequel.database.SandboxScope;
import dev.pequel.http.request.MalformedJson;
import dev.pequel.http.request.StrictJson;
import dev.pequel.problem.InvalidExpression;
import dev.pequel.problem.InvalidRequest;
import dev.pequel.problem.RequestFailure;
import dev.pequel.profile.importing.ImportJob;
import dev.pequel.profile.importing.ImportJob.Content;
import dev.pequel.profile.importing.Imports;
import dev.pequel.profile.importing.line.LineError;
import dev.pequel.schema.SchemaService;
import dev.pequel.seed.AudienceDump.Dumped;
import dev.pequel.segmentation.membership.MemberChange;
import dev.pequel.segmentation.membership.MemberChangeResult;
import dev.pequel.segmentation.membership.MemberLine;
import dev.pequel.segmentation.membership.MembershipService;
import dev.pequel.tenant.Sandbox;
import dev.pequel.tenant.Sandboxes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Loads one seed file, by the services that requests use. */
@ApplicationScoped
class SeedFileLoader {

    private static final Logger LOG = Logger.getLogger(SeedFileLoader.class);

    /** Name of the caller in {@code createdBy} and in the audit trail. */
    private static final String CALLER = "seed";

    private static final String MEMBERS_OF = SeedKind.MEMBERS.word() + "-";

    private final Sandboxes sandboxes;
    private final SandboxScope rows;
    private final Database database;
    private final LoadedSeeds loaded;
    private final SchemaService schemas;
    private final Imports imports;
    private final AudienceStore audiences;
    private final MembershipService members;
    private final StrictJson json;

    SeedFileLoader(
            Sandboxes sandboxes,
            SandboxScope rows,
            Database database,
            LoadedSeeds loaded,
            SchemaService schemas,
            Imports imports,
            AudienceStore audiences,
            MembershipService members,
            StrictJson json) {
        this.sandboxes = sandboxes;
        this.rows = rows;
        this.database = database;
        this.loaded = loaded;
        this.schemas = schemas;
        this.imports = imports;
        this.audiences = audiences;
        this.members = members;
        this.json = json;
    }

    /**
     * Loads a file, unless the same content was loaded from it into its sandbox before.
     *
     * @throws SeedFailure when the file has an error; of profiles and events, the lines without errors are stored
     */
    @ActivateRequestContext
    void load(SeedFile file) {
        Sandbox sandbox = sandboxes.of(file.tenant());
        rows.ofSandbox(sandbox.id(), () -> {
            try {
                String checksum = LoadedSeeds.checksum(file);
                if (!loaded.contains(sandbox, file, checksum)) {
                    LOG.infof("Loading seed %s.", file.name());
                    loadContent(file);
                    loaded.add(sandbox, file, checksum);
                }
            } catch (JacksonException e) {
                throw new SeedFailure(
                        file.name(), e.getLocation().getLineNr(), "is not JSON: " + MalformedJson.words(e));
            } catch (IOException e) {
                LOG.error("A seed could not be read.", e);
                throw new SeedFailure(file.name(), "cannot be read");
            } catch (RequestFailure e) {
                throw new SeedFailure(file.name(), e.getMessage());
            }
        });
    }

    private void loadContent(SeedFile file) throws IOException {
        switch (file.kind()) {
            case SCHEMA -> loadSchema(file);
            case PROFILES -> importLines(file, Content.PROFILES);
            case EVENTS -> importLines(file, Content.EVENTS);
            case AUDIENCES -> loadAudiences(file);
            case MEMBERS -> loadMembers(file);
        }
    }

    private void loadSchema(SeedFile file) throws IOException {
        byte[] content = file.content();
        JsonNode schema = json.read(content);
        try {
            schemas.put(file.tenant(), CALLER, schema);
        } catch (InvalidRequest e) {
            String field = e.violations().getFirst().field();
            throw field.startsWith("/") ? new SeedFailure(file.name(), line(content, field), e.getMessage()) : e;
        }
    }

    /** The line of the value at a JSON Pointer (RFC 6901). */
    private int line(byte[] content, String pointer) throws IOException {
        try (JsonParser parser = json.parser(content)) {
            while (parser.nextToken() != null) {
                if (parser.getParsingContext().pathAsPointer().toString().equals(pointer)) {
                    return parser.currentTokenLocation().getLineNr();
                }
            }
        }
        return 1;
    }

    private void importLines(SeedFile file, Content content) throws IOException {
        ImportJob job;
        try (InputStream lines = Files.newInputStream(file.path())) {
            job = imports.run(file.tenant(), content, lines);
        }
        if (job.failed() > 0) {
            LineError first = job.errors().getFirst();
            throw new SeedFailure(
                    file.name(),
                    first.line(),
                    first.message() + (job.failed() > 1 ? " (" + job.failed() + " lines have errors)" : ""));
        }
    }

    /** Stores all audiences of a file, or none. */
    private void loadAudiences(SeedFile file) throws IOException {
        List<Dumped> dump = AudienceDump.inOrderOfReferences(
                AudienceDump.read(json, file.content()), audience -> audiences.references(file.tenant(), audience));
        database.inNewTransaction(() -> {
            for (Dumped dumped : dump) {
                try {
                    audiences.put(file.tenant(), CALLER, dumped.audience());
                } catch (InvalidExpression e) {
                    throw new SeedFailure(file.name(), dumped.line(), "its expression, " + e.getMessage());
                } catch (RequestFailure e) {
                    throw new SeedFailure(file.name(), dumped.line(), e.getMessage());
                }
            }
            return dump;
        });
    }

    private void loadMembers(SeedFile file) throws IOException {
        String fileName = file.path().getFileName().toString();
        int word = fileName.indexOf(MEMBERS_OF);
        int ending = fileName.lastIndexOf('.');
        if (word < 0) {
            throw new SeedFailure(
                    file.name(), "its name must end with the audience: members-AUDIENCE" + fileName.substring(ending));
        }
        String audience = fileName.substring(word + MEMBERS_OF.length(), ending);
        UUID id = audiences
                .findExternal(audience)
                .orElseThrow(() -> new SeedFailure(
                        file.name(), "there is no external audience with the audienceId or name " + audience));
        try (InputStream lines = Files.newInputStream(file.path())) {
            MemberChangeResult outcome = members.change(
                    file.tenant(),
                    CALLER,
                    id.toString(),
                    MemberChange.REPLACE,
                    fileName.endsWith(".csv") ? MemberLine.Format.CSV : MemberLine.Format.NDJSON,
                    lines);
            if (outcome.unknown() > 0) {
                LOG.warnf("%s: %d identities do not belong to a profile.", file.name(), outcome.unknown());
            }
        }
    }
}
