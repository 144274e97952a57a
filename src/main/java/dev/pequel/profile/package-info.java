/** Profiles: their identities, import and storage, and the columnar snapshot that audiences are evaluated on. */
package dev.pequel.profile;
