/** Pequel as a whole, at size: the packaged service on a PostgreSQL of its own, measured from outside. */
package dev.pequel.benchmark.scale;
