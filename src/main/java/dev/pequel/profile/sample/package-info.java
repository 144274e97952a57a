/**
 * A generated population of profiles and their events, the same for the same seed, for a first look and for benchmarks.
 */
package dev.pequel.profile.sample;
