/** Reads the columnar snapshot of a sandbox from the database, keeps it within a memory budget, and brings it up to date. */
package dev.pequel.profile.snapshot;
