/**
 * Profiles, their identities and their experience events: the tables, bulk import, access to one profile, and the
 * columnar snapshot that audiences are evaluated on.
 */
package dev.pequel.profile;
