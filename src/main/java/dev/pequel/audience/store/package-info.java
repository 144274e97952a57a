/** The tables of audiences: entities, filters and orders of lists, references between audiences, response bodies. */
package dev.pequel.audience.store;
