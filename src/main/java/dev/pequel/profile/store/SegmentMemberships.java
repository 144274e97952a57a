package dev.pequel.profile.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.tenant.Tenant;

/** Provides the audiences of a profile. Implemented by the package that evaluates audiences. */
public interface SegmentMemberships {

    /**
     * The audiences that the profile is in or has exited, by id: {@code {"<id>": {"status": "realized",
     * "lastQualificationTime": "2026-01-31T10:00:00Z"}}}.
     *
     * @param ordinal the profile
     */
    ObjectNode of(Tenant tenant, int ordinal);
}
