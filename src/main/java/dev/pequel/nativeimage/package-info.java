/**
 * Methods of libraries for which a native executable gets others, because its start spends most of its time in them. Each
 * gives what the original gives, and the tests of this package compare the two; a JVM runs the originals.
 */
package dev.pequel.nativeimage;
