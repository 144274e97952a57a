/** The service with a database of its own, for development and tests. None of this is in the usual package. */
package dev.pequel.local;
