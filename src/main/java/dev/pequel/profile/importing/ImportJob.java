package dev.pequel.profile.importing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.pequel.database.SandboxedEntity;
import dev.pequel.profile.importing.line.LineError;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.EnumeratedValue;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * An import of a client or of a sample, running or ended. Only {@link ImportJobWriter} writes it. Counts change in the
 * transactions that write the lines, so all counted lines are committed.
 */
@Entity
@Immutable
public class ImportJob extends SandboxedEntity {

    @Id
    UUID id;

    @Enumerated(EnumType.STRING)
    Content content;

    @Enumerated(EnumType.STRING)
    Source source;

    @Enumerated(EnumType.STRING)
    Status status;

    long bytesRead;

    long linesRead;

    long created;

    long updated;

    long unchanged;

    long failed;

    @JdbcTypeCode(SqlTypes.JSON)
    ArrayNode errors;

    @JdbcTypeCode(SqlTypes.JSON)
    ArrayNode warnings;

    String reason;

    Instant createdAt;

    Instant updatedAt;

    protected ImportJob() {}

    /** An import that succeeded, as stored when it ended. */
    ImportJob(RunningImport running, ImportTally tally, Instant endedAt) {
        id = running.id();
        sandboxId = running.sandbox();
        content = running.content();
        source = running.source();
        status = Status.SUCCEEDED;
        bytesRead = tally.bytes();
        linesRead = tally.lines();
        created = tally.created();
        updated = tally.updated();
        unchanged = tally.unchanged();
        failed = tally.failed();
        errors = LineError.json(tally.errors());
        warnings = LineError.json(tally.warnings());
        createdAt = running.createdAt();
        updatedAt = endedAt;
    }

    public UUID id() {
        return id;
    }

    public Content content() {
        return content;
    }

    public Source source() {
        return source;
    }

    public Status status() {
        return status;
    }

    /** Bytes read, after decompression. */
    public long bytes() {
        return bytesRead;
    }

    /** Lines processed. */
    public long lines() {
        return linesRead;
    }

    /** New profiles or events. */
    public long created() {
        return created;
    }

    /** Profiles that were replaced. */
    public long updated() {
        return updated;
    }

    /** Events that were already stored. */
    public long unchanged() {
        return unchanged;
    }

    /** Lines that were skipped because of an error. */
    public long failed() {
        return failed;
    }

    /** The errors of the first failed lines. */
    public List<LineError> errors() {
        return lines(errors);
    }

    /** For each kind of warning, the first line that has it. */
    public List<LineError> warnings() {
        return lines(warnings);
    }

    private static List<LineError> lines(ArrayNode json) {
        return StreamSupport.stream(json.spliterator(), false)
                .<LineError>map(LineError::of)
                .toList();
    }

    /** Why the import failed. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    /** The kind of the lines. */
    public enum Content {
        PROFILES,
        EVENTS;

        @EnumeratedValue
        private final String word = name().toLowerCase(Locale.ROOT);

        /** The word in paths and in the database. */
        public String word() {
            return word;
        }

        static Content of(String word) {
            return Arrays.stream(values())
                    .filter(content -> content.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There is no content `" + word + "`."));
        }
    }

    /** The origin of the lines. */
    public enum Source {
        API,
        SAMPLE;

        @EnumeratedValue
        private final String word = name().toLowerCase(Locale.ROOT);

        /** The name in the API and in the database. */
        String word() {
            return word;
        }
    }

    /** The progress of an import. */
    public enum Status {
        PROCESSING,
        /** All lines were processed and are visible to readers. */
        SUCCEEDED,
        /** The import ended early. The counted lines stay stored; sending the whole file again does no harm. */
        FAILED
    }
}
