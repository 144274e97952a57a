package dev.pequel.http;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.OptionalInt;

/** The port of all paths below {@code /q/}: health, metrics and the description of the API. */
@ConfigMapping(prefix = "pequel.management")
interface ManagementSettings {

    /**
     * Port, without TLS, that serves all paths below {@code /q/} (health, metrics, OpenAPI, Swagger UI). When it is
     * not set, the port of the API serves them.
     */
    OptionalInt port();

    /**
     * Address that the management port listens on, such as {@code 127.0.0.1}. When it is not set, it is the address
     * of the API ({@code quarkus.http.host}).
     */
    Optional<String> host();
}
