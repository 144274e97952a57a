package dev.pequel.profile;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One import, running or over. Counts change together with the data, batch by batch: what is counted is committed.
 *
 * @param bytes bytes read, after decompression
 * @param lines lines dealt with
 * @param created new profiles or events
 * @param updated profiles that were replaced
 * @param unchanged events that were there already
 * @param failed lines left out because of an error
 * @param errors the first of those lines
 * @param reason why the import failed; present when it did
 */
public record ImportJob(
        UUID id,
        int sandbox,
        Content content,
        Source source,
        Status status,
        long bytes,
        long lines,
        long created,
        long updated,
        long unchanged,
        long failed,
        List<LineError> errors,
        Optional<String> reason,
        Instant createdAt,
        Instant updatedAt) {

    public ImportJob {
        errors = List.copyOf(errors);
    }

    /** What the lines are. */
    public enum Content {
        PROFILES("profiles"),
        EVENTS("events");

        private final String word;

        Content(String word) {
            this.word = word;
        }

        /** The word in paths and in the database. */
        public String word() {
            return word;
        }

        static Content of(String word) {
            for (Content content : values()) {
                if (content.word.equals(word)) {
                    return content;
                }
            }
            throw new IllegalArgumentException("There is no content `" + word + "`.");
        }
    }

    /** Where the lines come from. */
    public enum Source {
        API("api"),
        SAMPLE("sample");

        private final String word;

        Source(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static Source of(String word) {
            return word.equals(API.word) ? API : SAMPLE;
        }
    }

    /** How far it got. */
    public enum Status {
        PROCESSING,
        /** All lines were dealt with, and readers see them. */
        SUCCEEDED,
        /** It stopped early. The lines that are counted stay; sending the whole file again does no harm. */
        FAILED
    }
}
