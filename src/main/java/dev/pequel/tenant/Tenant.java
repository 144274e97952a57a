package dev.pequel.tenant;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One organization's sandbox. Every audience, profile and schema belongs to exactly one, and nothing crosses.
 *
 * @param organization such as {@code dev@Pequel}; the header {@code x-gw-ims-org-id}
 * @param sandbox such as {@code prod}; the header {@code x-sandbox-name}
 */
public record Tenant(String organization, String sandbox) {

    static final Pattern ORGANIZATION_FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9@._:+-]{0,255}");
    static final Pattern SANDBOX_FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,255}");

    public Tenant {
        Objects.requireNonNull(organization);
        Objects.requireNonNull(sandbox);
    }

    /** Whether a request can be for it. */
    public boolean isNameable() {
        return ORGANIZATION_FORM.matcher(organization).matches()
                && SANDBOX_FORM.matcher(sandbox).matches();
    }
}
