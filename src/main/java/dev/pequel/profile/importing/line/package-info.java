/** Lines of NDJSON, the documents in them, and the errors of a line. */
package dev.pequel.profile.importing.line;
