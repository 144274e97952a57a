package dev.pequel.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pequel.tenant.Tenant;

/** What is known about the audiences of a profile. Whoever evaluates audiences provides it. */
public interface SegmentMemberships {

    /**
     * The audiences that the profile is in or has left, by id: {@code {"<id>": {"status": "realized",
     * "lastQualificationTime": "2026-01-31T10:00:00Z"}}}.
     *
     * @param ordinal the profile
     */
    ObjectNode of(Tenant tenant, int ordinal);
}
