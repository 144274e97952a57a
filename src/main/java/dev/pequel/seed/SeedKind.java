package dev.pequel.seed;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The content of a seed file, which its name determines. */
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

    /** The word that names of such files contain. */
    String word() {
        return word;
    }

    /** The kind of a file. Empty if it is no seed file. */
    static Optional<SeedKind> of(String fileName) {
        return Arrays.stream(values())
                .filter(kind ->
                        fileName.contains(kind.word) && kind.endings.stream().anyMatch(fileName::endsWith))
                .findFirst();
    }
}
