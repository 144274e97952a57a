/**
 * What the executable does besides serving: checking files, and comparing them with a sandbox of a running service. Nothing here
 * needs Quarkus, a setting of the service or a database, and nothing of it is loaded when the service starts.
 */
package dev.pequel.command;
