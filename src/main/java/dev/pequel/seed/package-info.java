/** Content that sandboxes have from the start: schemas, profiles, events, audiences and members, loaded from files. */
package dev.pequel.seed;
