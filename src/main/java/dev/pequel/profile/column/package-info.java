/** The immutable columnar snapshot of a sandbox's profiles and events. Plain Java. */
package dev.pequel.profile.column;
