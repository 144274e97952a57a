package dev.pequel.tenant;

import java.util.Objects;

/**
 * One organization's sandbox. Every audience, profile and schema belongs to exactly one, and nothing crosses.
 *
 * @param organization such as {@code dev@Pequel}; the header {@code x-gw-ims-org-id}
 * @param sandbox such as {@code prod}; the header {@code x-sandbox-name}
 */
public record Tenant(String organization, String sandbox) {

    public Tenant {
        Objects.requireNonNull(organization);
        Objects.requireNonNull(sandbox);
    }
}
