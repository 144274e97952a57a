package dev.pequel.seed;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a file holds, as its name says. */
enum SeedKind {
    SCHEMA("schema", ".json"),
    PROFILES("profiles", ".ndjson"),
    EVENTS("events", ".ndjson"),
    MEMBERS("members", ".ndjson", ".csv"),
    AUDIENCES("audiences", ".json");

    private final String word;
    private final List<String> endings;

    SeedKind(String word, String... endings) {
        this.word = word;
        this.endings = List.of(endings);
    }

    /** The word in the names of such files. */
    String word() {
        return word;
    }

    /** Empty for a file that is no seed. */
    static Optional<SeedKind> of(String fileName) {
        return Arrays.stream(values())
                .filter(kind ->
                        fileName.contains(kind.word) && kind.endings.stream().anyMatch(fileName::endsWith))
                .findFirst();
    }
}
