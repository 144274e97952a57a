/** Tables of profiles and events, and access to single profiles. */
package dev.pequel.profile.store;
