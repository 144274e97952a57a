/** The service with a database of its own, for development and tests. The usual package does not contain this code. */
package dev.pequel.local;
