package dev.pequel.error;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.OptionalInt;

/** The port of all paths below {@code /q/}: health, metrics and the description of the API. */
@ConfigMapping(prefix = "pequel.management")
interface ManagementSettings {

    /**
     * Separate port, without TLS, for all paths below {@code /q/} (health, metrics, OpenAPI, Swagger UI). When it is
     * not set, they are on the port of the API.
     */
    OptionalInt port();

    /**
     * Address that the management port listens on, such as {@code 127.0.0.1}. When it is not set, it is the address
     * of the API ({@code quarkus.http.host}).
     */
    Optional<String> host();
}
