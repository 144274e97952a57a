package dev.pequel.audience;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Values that were used last, as many as go into so many bytes. May be used by several threads.
 *
 * @param <K> what a value is kept under
 */
final class RecentlyUsed<K, V> {

    /** One value may take this part of all. */
    private static final int GREATEST_PART = 16;

    private final ToIntFunction<V> bytesOf;
    private final long mostBytes;

    /** Those that were used last are last. */
    private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    /** @param bytesOf the same for a value at all times */
    RecentlyUsed(long mostBytes, ToIntFunction<V> bytesOf) {
        this.mostBytes = mostBytes;
        this.bytesOf = bytesOf;
    }

    synchronized Optional<V> get(K key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Keeps a value in place of the one before; too large a one is not kept. */
    synchronized void put(K key, V value) {
        remove(key);
        int size = bytesOf.applyAsInt(value);
        if (size > mostBytes / GREATEST_PART) {
            return;
        }
        values.put(key, value);
        bytes += size;
        Iterator<V> eldest = values.values().iterator();
        while (bytes > mostBytes) {
            bytes -= bytesOf.applyAsInt(eldest.next());
            eldest.remove();
        }
    }

    synchronized void remove(K key) {
        V before = values.remove(key);
        if (before != null) {
            bytes -= bytesOf.applyAsInt(before);
        }
    }
}
