package dev.pequel.error;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.OptionalInt;

/** Where operators reach health, metrics and the description of the API, which is all that is below {@code /q/}. */
@ConfigMapping(prefix = "pequel.management")
interface ManagementSettings {

    /** A port for them alone, without TLS. Without it they are on the port of the API. */
    OptionalInt port();

    /** Where that port listens; where the API does without it. */
    Optional<String> host();
}
