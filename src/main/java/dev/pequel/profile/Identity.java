package dev.pequel.profile;

import java.util.Locale;
import java.util.Objects;

/**
 * One identity of a profile, such as {@code ("email", "joe@example.com")}. Namespaces are the same without regard to case, ids
 * only when all their characters are.
 *
 * @param namespace the key in {@code identityMap}, such as {@code crmid}, as it is written there
 * @param id the identity's {@code id}
 */
public record Identity(String namespace, String id) implements Comparable<Identity> {

    /** An odd number without pattern: 2 to the power of 32, divided by the golden ratio. */
    private static final int MIXER = 0x9E3779B9;

    public Identity {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(id);
    }

    /** What namespaces are compared by, and what metrics call them. */
    public static String key(String namespace) {
        return namespace.toLowerCase(Locale.ROOT);
    }

    /** What its namespace is compared by. */
    public String namespaceKey() {
        return key(namespace);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Identity another
                && id.equals(another.id)
                && namespaceKey().equals(another.namespaceKey());
    }

    /** Ids are often numbered: without mixing, thousands of them would share the places of a few hundred in a hash table. */
    @Override
    public int hashCode() {
        return (namespaceKey().hashCode() * 31 + id.hashCode()) * MIXER;
    }

    @Override
    public int compareTo(Identity other) {
        int order = namespaceKey().compareTo(other.namespaceKey());
        return order != 0 ? order : id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return namespace + ":" + id;
    }
}
