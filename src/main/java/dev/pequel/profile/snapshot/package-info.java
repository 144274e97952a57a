/** Reads the columnar snapshot of a sandbox from the database, keeps it within a memory budget, and updates it. */
package dev.pequel.profile.snapshot;
