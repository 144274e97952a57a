package dev.pequel.profile;

import java.util.Locale;
import java.util.Objects;

/**
 * An identity of a profile, such as {@code ("email", "joe@example.com")}. Namespaces are compared without regard to
 * case, ids exactly.
 *
 * @param namespace the key in {@code identityMap}, such as {@code crmid}, as written there
 * @param id the identity's {@code id}
 */
public record Identity(String namespace, String id) implements Comparable<Identity> {

    /** 2 to the power of 32, divided by the golden ratio: an odd number with evenly distributed bits. */
    private static final int MIXER = 0x9E3779B9;

    public Identity {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(id);
    }

    /** The lower-case form of a namespace, which is used for comparison and in metrics. */
    public static String key(String namespace) {
        return namespace.toLowerCase(Locale.ROOT);
    }

    public String namespaceKey() {
        return key(namespace);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Identity another
                && id.equals(another.id)
                && namespaceKey().equals(another.namespaceKey());
    }

    /**
     * Ids are often consecutive numbers. Without mixing, thousands of them would share a few hundred buckets of a hash
     * table.
     */
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
