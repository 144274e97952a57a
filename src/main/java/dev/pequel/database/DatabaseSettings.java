package dev.pequel.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How Pequel uses its database. */
@ConfigMapping(prefix = "pequel.database")
interface DatabaseSettings {

    /** Whether PostgreSQL keeps the sandboxes apart, too. */
    @WithDefault("true")
    boolean rowSecurity();

    /** So long a statement may take; reading snapshots and writing imports may take longer. */
    @WithDefault("1m")
    Duration statementTimeout();
}
