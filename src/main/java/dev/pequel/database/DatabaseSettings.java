package dev.pequel.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How Pequel uses its database. */
@ConfigMapping(prefix = "pequel.database")
interface DatabaseSettings {

    /** Whether PostgreSQL keeps the sandboxes apart, too. */
    @WithDefault("true")
    boolean rowSecurity();
}
