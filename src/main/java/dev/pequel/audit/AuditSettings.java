package dev.pequel.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the audit trail is read. */
@ConfigMapping(prefix = "pequel.audit")
interface AuditSettings {

    /** Events on a page when the request has no {@code limit}. */
    @WithDefault("100")
    int eventsOnPage();

    /** Greatest {@code limit}. */
    @WithDefault("1000")
    int mostEventsOnPage();
}
