/**
 * Exports of profiles to files: the members of audiences, or all profiles of a sandbox, with selected fields. Requests
 * create export jobs, a worker of a replica writes the files into a directory, and requests download them.
 */
package dev.pequel.export;
