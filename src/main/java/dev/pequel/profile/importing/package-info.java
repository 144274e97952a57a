/** Import jobs: they read lines of profiles or events in chunks, and store them in bulk. */
package dev.pequel.profile.importing;
