/**
 * The command line: checks files with audiences, and compares them with a sandbox of a running service. The commands
 * need neither Quarkus nor settings of the service nor a database. A starting service loads none of these classes.
 */
package dev.pequel.command;
