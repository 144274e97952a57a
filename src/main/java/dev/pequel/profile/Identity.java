package dev.pequel.profile;

import java.util.Objects;

/**
 * One identity of a profile, such as {@code ("email", "joe@example.com")}. Both parts are compared exactly.
 *
 * @param namespace the key in {@code identityMap}, such as {@code crmid}
 * @param id the identity's {@code id}
 */
public record Identity(String namespace, String id) implements Comparable<Identity> {

    /** An odd number without pattern: 2 to the power of 32, divided by the golden ratio. */
    private static final int MIXER = 0x9E3779B9;

    public Identity {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(id);
    }

    /** Ids are often numbered: without mixing, thousands of them would share the places of a few hundred in a hash table. */
    @Override
    public int hashCode() {
        return (namespace.hashCode() * 31 + id.hashCode()) * MIXER;
    }

    @Override
    public int compareTo(Identity other) {
        int order = namespace.compareTo(other.namespace);
        return order != 0 ? order : id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return namespace + ":" + id;
    }
}
