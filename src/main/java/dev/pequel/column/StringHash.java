package dev.pequel.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * A keyed hash function for strings that clients choose. Without knowing the key, a client cannot choose strings with
 * equal hashes.
 *
 * <p>The hash is the value of a polynomial modulo the prime 2<sup>61</sup> - 1 whose coefficients are the length and
 * four bytes each. For two different strings of n bytes, at most n / 4 + 1 of the 2<sup>61</sup> keys give the same
 * value. The value is then mixed, so that similar strings do not get neighbouring slots.
 *
 * @param key the argument of the polynomial, below 2<sup>61</sup> - 1
 * @param multiplier an odd number for the mixing
 */
record StringHash(long key, long multiplier) {

    private static final long PRIME = (1L << 61) - 1;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    static StringHash random() {
        SecureRandom random = new SecureRandom();
        return new StringHash(random.nextLong(PRIME), random.nextLong() | 1);
    }

    /** Returns the hash of the bytes from one position (inclusive) to another (exclusive). */
    int of(byte[] bytes, int from, int to) {
        long mixed = value(bytes, from, to) * multiplier;
        mixed = (mixed ^ mixed >>> Integer.SIZE) * multiplier;
        return (int) (mixed >>> Integer.SIZE);
    }

    /** Returns the value of the polynomial. */
    long value(byte[] bytes, int from, int to) {
        long hash = to - from;
        int at = from;
        for (; at + Integer.BYTES <= to; at += Integer.BYTES) {
            hash = next(hash, (int) INTS.get(bytes, at));
        }
        if (at < to) {
            int rest = 0;
            for (; at < to; at++) {
                rest = rest << Byte.SIZE | bytes[at] & 0xFF;
            }
            hash = next(hash, rest);
        }
        return hash >= PRIME ? hash - PRIME : hash;
    }

    /** Returns a number at most slightly larger than the prime. */
    private long next(long hash, int coefficient) {
        long low = hash * key;
        long high = Math.multiplyHigh(hash, key);
        long product = (low & PRIME) + (low >>> 61 | high << 3) + (coefficient & 0xFFFF_FFFFL);
        return (product & PRIME) + (product >>> 61);
    }
}
