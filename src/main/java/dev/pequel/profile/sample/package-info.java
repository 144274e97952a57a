/** An invented population: profiles and their orders, the same for the same seed, for a first look and for benchmarks. */
package dev.pequel.profile.sample;
