/** Tables of audiences: entities, filters and orders of lists, references between audiences, and the JSON of answers. */
package dev.pequel.audience.store;
