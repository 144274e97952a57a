/** Seeds: schemas, profiles, events, audiences and members that are loaded into sandboxes from files at start. */
package dev.pequel.seed;
