package dev.pequel.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Pages of the audit trail. */
@ConfigMapping(prefix = "pequel.audit")
interface AuditSettings {

    /** Number of audit events on a page when the request has no {@code limit}. */
    @WithDefault("100")
    int eventsOnPage();

    /** Maximum {@code limit} of a page of audit events. When exceeded, the response is 400. */
    @WithDefault("1000")
    int maxEventsOnPage();
}
