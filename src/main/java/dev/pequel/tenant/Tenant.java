package dev.pequel.tenant;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A sandbox of an organization. Every audience, profile and schema belongs to exactly one tenant, and tenants are
 * isolated from each other.
 *
 * @param organization the value of the header {@code x-gw-ims-org-id}, such as {@code dev@Pequel}
 * @param sandbox the value of the header {@code x-sandbox-name}, such as {@code prod}
 */
public record Tenant(String organization, String sandbox) {

    static final Pattern ORGANIZATION_FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9@._:+-]{0,255}");
    static final Pattern SANDBOX_FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,255}");

    public Tenant {
        Objects.requireNonNull(organization);
        Objects.requireNonNull(sandbox);
    }

    /** Whether both names are valid in the headers of a request. */
    public boolean isNameable() {
        return ORGANIZATION_FORM.matcher(organization).matches()
                && SANDBOX_FORM.matcher(sandbox).matches();
    }
}
