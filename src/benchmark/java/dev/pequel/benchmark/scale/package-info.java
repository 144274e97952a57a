/** Pequel with millions of profiles: the packaged service on a PostgreSQL of its own, measured over HTTP. */
package dev.pequel.benchmark.scale;
