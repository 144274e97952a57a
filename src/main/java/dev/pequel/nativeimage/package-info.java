/**
 * Methods of libraries for which a native executable gets others, because its start or its requests spend much of their time in
 * them. Each gives what the original gives, and the tests of this package compare the two where a JVM can run both; it runs the
 * originals. What has no effect in the end is left out.
 */
package dev.pequel.nativeimage;
