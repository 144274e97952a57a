/** The schema of a sandbox's profiles: built in until the sandbox stores its own, and strict from then on. */
package dev.pequel.schema;
