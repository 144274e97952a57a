package dev.pequel.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the database. */
@ConfigMapping(prefix = "pequel.database")
interface DatabaseSettings {

    /** Separates sandboxes by row-level security of PostgreSQL too. */
    @WithDefault("true")
    boolean rowSecurity();

    /** Statement timeout (snapshot reads excepted). When exceeded, the response is 503. */
    @WithDefault("1m")
    Duration statementTimeout();
}
