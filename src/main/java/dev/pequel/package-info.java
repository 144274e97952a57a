/** Pequel, an open, self-hosted audience service. Each package below is a feature or a stage of the language. */
package dev.pequel;
