package dev.pequel.profile;

import java.util.Comparator;
import java.util.Objects;

/**
 * One identity of a profile, such as {@code ("email", "joe@example.com")}. Both parts are compared exactly.
 *
 * @param namespace the key in {@code identityMap}, such as {@code crmid}
 * @param id the identity's {@code id}
 */
public record Identity(String namespace, String id) implements Comparable<Identity> {

    private static final Comparator<Identity> ORDER =
            Comparator.comparing(Identity::namespace).thenComparing(Identity::id);

    public Identity {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(id);
    }

    @Override
    public int compareTo(Identity other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return namespace + ":" + id;
    }
}
