package dev.pequel.benchmark.service;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The two applications: where each is packaged, how it is configured, and its requests. */
enum ComparedApplication {
    PEQUEL(
            Path.of("target"),
            "/data/core/ups/audiences",
            """
            {"name": "%s", "type": "SegmentDefinition", "description": "Home address in the United States",
             "expression": {"type": "PQL", "format": "pql/text", "value": "homeAddress.countryCode = \\"US\\""}}""",
            Map.of(
                    "PEQUEL_TENANT_DEFAULT_ORGANIZATION", "bench@Pequel",
                    "PEQUEL_TENANT_DEFAULT_SANDBOX", "prod",
                    "PEQUEL_AUTHENTICATION_OPEN", "true",
                    "PEQUEL_TENANT_REQUESTS_PER_SECOND", "1000000",
                    "PEQUEL_AUDIENCE_PER_SANDBOX", "1000000"),
            Optional.empty()),

    BARE(Path.of("target/bare"), "/items", """
            {"name": "%s", "description": "Home address in the United States",
             "expression": "homeAddress.countryCode = \\"US\\""}""", Map.of(), Optional.of("""
                    create table Item
                        (id uuid primary key, name text, description text, expression text, created timestamptz);
                    create index on Item (created)"""));

    private static final int PAGE_SIZE = 20;

    private final Path target;
    private final String collection;
    private final String bodyTemplate;
    private final Map<String, String> environment;
    private final Optional<String> schema;

    /**
     * @param target the build directory
     * @param collection the path of the list
     * @param bodyTemplate of the request that creates a row, with a placeholder for its name
     * @param environment the variables that configure it
     * @param schema SQL that creates the tables; empty if the application does that itself
     */
    ComparedApplication(
            Path target,
            String collection,
            String bodyTemplate,
            Map<String, String> environment,
            Optional<String> schema) {
        this.target = target;
        this.collection = collection;
        this.bodyTemplate = bodyTemplate;
        this.environment = environment;
        this.schema = schema;
    }

    Path target() {
        return target.toAbsolutePath();
    }

    Map<String, String> environment() {
        return environment;
    }

    Optional<String> schema() {
        return schema;
    }

    String collection() {
        return collection;
    }

    String row(String id) {
        return collection + "/" + id;
    }

    /** @param number from 0 */
    String page(int number) {
        return collection + "?start=" + number + "&limit=" + PAGE_SIZE;
    }

    /** The number of full pages of a list. */
    static int pages(int rows) {
        return rows / PAGE_SIZE;
    }

    /** The body of the request that creates a row. */
    String body(String name) {
        return bodyTemplate.formatted(name);
    }
}
